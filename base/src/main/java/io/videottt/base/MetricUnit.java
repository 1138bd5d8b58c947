package io.videottt.base;

/** What a task's main metric is measured in. */
public enum MetricUnit {
  /** Of segmentation. */
  PERCENT("percent", "%", "percent points", "points"),
  /** Of the peak signal-to-noise ratio. */
  DECIBEL("dB", "dB", "dB", "dB");

  private final String title;
  private final String symbol;
  private final String difference;
  private final String points;

  MetricUnit(String title, String symbol, String difference, String points) {
    this.title = title;
    this.symbol = symbol;
    this.difference = difference;
    this.points = points;
  }

  /** In sentences, behind a number. */
  public String title() {
    return title;
  }

  /** At an axis. */
  public String symbol() {
    return symbol;
  }

  /** What differences of two numbers are measured in. */
  public String difference() {
    return difference;
  }

  /** The same in short. */
  public String points() {
    return points;
  }
}
