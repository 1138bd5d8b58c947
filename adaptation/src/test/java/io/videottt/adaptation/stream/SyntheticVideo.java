package io.videottt.adaptation.stream;

import io.videottt.catalog.definition.ClassDefinition;
import io.videottt.catalog.image.LabelMap;
import io.videottt.catalog.image.RgbImage;
import io.videottt.catalog.video.Frame;
import io.videottt.catalog.video.FrameStream;
import io.videottt.catalog.video.GroundTruth;
import io.videottt.catalog.video.Video;
import io.videottt.metrics.InstanceTruth;
import io.videottt.metrics.PanopticMap;
import io.videottt.metrics.PanopticSegment;
import io.videottt.metrics.RunLengthMask;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * A bright square (class 1) moving over dark ground (class 0) and a green floor (class 2), with
 * noise; the last row is ignored. Annotated for all tasks. Every frame is a function of the seed
 * and its position.
 *
 * @param sameFrames whether all frames show what the first one shows
 * @param annotatedEvery every so many frames has labels, 0 for none
 */
public record SyntheticVideo(
    String id,
    int frameCount,
    int height,
    int width,
    long seed,
    boolean sameFrames,
    int annotatedEvery)
    implements Video {

  public static final List<ClassDefinition> CLASSES =
      List.of(
          new ClassDefinition(0, "ground", false, "#323250", List.of()),
          new ClassDefinition(1, "square", true, "#dcc83c", List.of()),
          new ClassDefinition(2, "floor", false, "#289632", List.of()));

  public static SyntheticVideo of(String id, int frames, long seed) {
    return new SyntheticVideo(id, frames, 48, 64, seed, false, 1);
  }

  public static SyntheticVideo still(String id, int frames, long seed) {
    return new SyntheticVideo(id, frames, 48, 64, seed, true, 1);
  }

  @Override
  public double framesPerSecond() {
    return 10;
  }

  @Override
  public String frameName(int index) {
    return "%06d".formatted(index);
  }

  @Override
  public boolean annotated(int index) {
    return annotatedEvery > 0 && index % annotatedEvery == 0;
  }

  @Override
  public Frame read(int index) {
    int position = sameFrames ? 0 : index;
    SplittableRandom random = new SplittableRandom(seed * 1000003 + position);
    int side = height / 3;
    int left = Math.floorMod((int) seed * 7 + position * 2, width - side);
    int top = height / 6;
    byte[] pixels = new byte[height * width * 3];
    byte[] labels = new byte[height * width];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        boolean square = y >= top && y < top + side && x >= left && x < left + side;
        int label = square ? 1 : y >= 2 * height / 3 ? 2 : 0;
        int pixel = y * width + x;
        int[] colour =
            label == 1
                ? new int[] {220, 200, 60}
                : label == 2 ? new int[] {40, 150, 50} : new int[] {50, 50, 90};
        for (int channel = 0; channel < 3; channel++) {
          int value = colour[channel] + random.nextInt(-20, 21);
          pixels[pixel * 3 + channel] = (byte) Math.max(0, Math.min(255, value));
        }
        labels[pixel] = (byte) (y == height - 1 ? LabelMap.IGNORE : label);
      }
    }
    return new Frame(
        index,
        frameName(index),
        new RgbImage(height, width, pixels),
        annotated(index) ? truth(new LabelMap(height, width, labels)) : GroundTruth.none());
  }

  /** One segment per class, ids one above the classes; the square is the only object. */
  private static GroundTruth truth(LabelMap labels) {
    int[] ids = new int[labels.labels().length];
    boolean[] square = new boolean[ids.length];
    for (int pixel = 0; pixel < ids.length; pixel++) {
      int label = labels.labels()[pixel] & 0xff;
      ids[pixel] = label == LabelMap.IGNORE ? PanopticMap.VOID : label + 1;
      square[pixel] = label == 1;
    }
    RunLengthMask mask = RunLengthMask.of(labels.height(), labels.width(), square);
    List<PanopticSegment> segments =
        CLASSES.stream().map(c -> PanopticSegment.predicted(c.id() + 1, c.id())).toList();
    return new GroundTruth(
        Optional.of(labels),
        Optional.of(new PanopticMap(labels.height(), labels.width(), ids, segments)),
        Optional.of(List.of(new InstanceTruth(1, mask, mask.area(), false))));
  }

  @Override
  public FrameStream stream() {
    return stream(this);
  }

  static FrameStream stream(Video video) {
    return new FrameStream() {
      private int next;

      @Override
      public boolean hasNext() {
        return next < video.frameCount();
      }

      @Override
      public Frame next() {
        return video.read(next++);
      }

      @Override
      public double loadSeconds() {
        return 0;
      }

      @Override
      public double waitSeconds() {
        return 0;
      }

      @Override
      public void close() {}
    };
  }
}
