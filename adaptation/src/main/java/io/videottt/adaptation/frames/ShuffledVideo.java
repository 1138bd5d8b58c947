package io.videottt.adaptation.frames;

import io.videottt.adaptation.engine.Seeds;
import io.videottt.catalog.video.Frame;
import io.videottt.catalog.video.Video;
import java.util.random.RandomGenerator;

/**
 * A video whose frames go by in another order. Everything that is asked for by position is answered
 * for the frame at this position of the new order; a {@link Frame} keeps its own index and name, so
 * that results still belong to it.
 */
public final class ShuffledVideo implements Video {

  private final Video original;
  private final int[] order;

  private ShuffledVideo(Video original, int[] order) {
    this.original = original;
    this.order = order;
  }

  /** A permutation that the unit's seed decides, every one as likely as another. */
  public static ShuffledVideo of(Video original, long unitSeed) {
    RandomGenerator random = Seeds.generator(unitSeed, 0, "frame order");
    int[] order = new int[original.frameCount()];
    for (int position = 0; position < order.length; position++) {
      int other = random.nextInt(position + 1);
      order[position] = order[other];
      order[other] = position;
    }
    return new ShuffledVideo(original, order);
  }

  @Override
  public String id() {
    return original.id();
  }

  @Override
  public int frameCount() {
    return order.length;
  }

  @Override
  public double framesPerSecond() {
    return original.framesPerSecond();
  }

  @Override
  public String frameName(int position) {
    return original.frameName(order[position]);
  }

  @Override
  public boolean annotated(int position) {
    return original.annotated(order[position]);
  }

  @Override
  public Frame read(int position) {
    return original.read(order[position]);
  }
}
