package io.videottt.jobs.sweep.plan;

/** What a plan takes for granted of the device that units run on, for estimates alone. */
public enum AssumedDevice {

  /** As measured with the shipped networks on one core of a server; threads share the work. */
  CPU("a CPU", 4e-13),

  /** The paper's 1.8 s per frame (Table 1): Mask2Former on Swin-S at 1024 x 2048, an A100. */
  GPU("a GPU as the paper's", 1.2e-14);

  private final String title;
  private final double secondsPerParameterAndPixel;

  AssumedDevice(String title, double secondsPerParameterAndPixel) {
    this.title = title;
    this.secondsPerParameterAndPixel = secondsPerParameterAndPixel;
  }

  String title() {
    return title;
  }

  /**
   * Seconds of a prediction.
   *
   * @param work parameters times pixels
   * @param threads of a unit, which only a CPU has
   */
  double seconds(double work, int threads) {
    return work * secondsPerParameterAndPixel / (this == GPU ? 1 : threads);
  }
}
