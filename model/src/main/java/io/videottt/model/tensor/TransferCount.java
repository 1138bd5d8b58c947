package io.videottt.model.tensor;

/** What goes between the host and the device, added up. */
public final class TransferCount implements Transfers.Observer {

  private long up;
  private long down;
  private int waits;

  /**
   * The sums.
   *
   * @param up bytes to the device
   * @param down bytes from the device
   * @param waits how often the host has waited for the device
   */
  public record Sums(long up, long down, int waits) {}

  @Override
  public void up(long bytes) {
    up += bytes;
  }

  @Override
  public void down(long bytes) {
    down += bytes;
    waits++;
  }

  /** The sums since the last call. */
  public Sums take() {
    Sums sums = new Sums(up, down, waits);
    up = 0;
    down = 0;
    waits = 0;
    return sums;
  }
}
