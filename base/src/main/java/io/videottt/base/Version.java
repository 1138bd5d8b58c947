package io.videottt.base;

/** The version of the project, which results and reports name as what made them. */
public final class Version {

  /** For example 0.1.0. */
  public static final String NUMBER = "0.1.0";

  /** With the project's name, as {@code --version} prints it. */
  public static final String NAME = "spark-video-ttt " + NUMBER;

  private Version() {}
}
