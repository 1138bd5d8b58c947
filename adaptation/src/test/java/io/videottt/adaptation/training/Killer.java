package io.videottt.adaptation.training;

/** Ends a training as if its process were killed, when it has written so many checkpoints. */
public final class Killer implements TrainingListener {

  private int left;

  /**
   * @param checkpoints the last that is written, counted from 1
   */
  Killer(int checkpoints) {
    this.left = checkpoints;
  }

  /** Thrown where a process would be gone. */
  public static final class KilledException extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  @Override
  public void progress(Progress progress) {}

  @Override
  public void checkpoint(String phase, int iteration, boolean resumed) {
    if (!resumed && --left == 0) {
      throw new KilledException();
    }
  }
}
