package io.videottt.catalog.scenes;

/** The Cityscapes training ids that the generated street scenes use. */
public final class StreetClass {

  public static final int ROAD = 0;
  public static final int SIDEWALK = 1;
  public static final int BUILDING = 2;
  public static final int FENCE = 4;
  static final int POLE = 5;
  public static final int TRAFFIC_LIGHT = 6;
  static final int TRAFFIC_SIGN = 7;
  public static final int VEGETATION = 8;
  public static final int TERRAIN = 9;
  public static final int SKY = 10;
  public static final int PERSON = 11;
  public static final int RIDER = 12;
  public static final int CAR = 13;
  public static final int BICYCLE = 18;

  private StreetClass() {}
}
