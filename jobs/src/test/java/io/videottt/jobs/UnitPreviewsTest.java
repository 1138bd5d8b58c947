package io.videottt.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.videottt.adaptation.FramePreview;
import io.videottt.adaptation.TaskPrediction;
import io.videottt.catalog.ClassDefinition;
import io.videottt.catalog.Frame;
import io.videottt.catalog.GroundTruth;
import io.videottt.catalog.LabelMap;
import io.videottt.catalog.RgbImage;
import io.videottt.catalog.Video;
import io.videottt.metrics.InstanceDetection;
import io.videottt.metrics.PanopticMap;
import io.videottt.metrics.PanopticSegment;
import io.videottt.metrics.RunLengthMask;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.function.IntPredicate;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class UnitPreviewsTest {

  private static final int HEIGHT = 300;
  private static final int WIDTH = 640;
  private static final int RED = 0xff0000;
  private static final int BLUE = 0x0000ff;
  private static final PredictedClasses CLASSES =
      new PredictedClasses(
          List.of(
              new ClassDefinition(0, "road", false, "#ff0000", null),
              new ClassDefinition(1, "car", true, "#0000ff", null)));

  private record Clip(int frameCount, IntPredicate isAnnotated) implements Video {

    @Override
    public String id() {
      return "clip";
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
      return isAnnotated.test(index);
    }

    @Override
    public Frame read(int index) {
      return new Frame(
          index,
          frameName(index),
          new RgbImage(HEIGHT, WIDTH, new byte[3 * HEIGHT * WIDTH]),
          GroundTruth.ofLabels(halves()));
    }
  }

  /** Class 0 at the left, 1 at the right. */
  private static LabelMap halves() {
    byte[] labels = new byte[HEIGHT * WIDTH];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = (byte) (isRight(i) ? 1 : 0);
    }
    return new LabelMap(HEIGHT, WIDTH, labels);
  }

  private static boolean isRight(int place) {
    return place % WIDTH >= WIDTH / 2;
  }

  private static BufferedImage picture(byte[] file) throws IOException {
    return ImageIO.read(new ByteArrayInputStream(file));
  }

  private static int rgb(BufferedImage picture, int x, int y) {
    return picture.getRGB(x, y) & 0xffffff;
  }

  @Test
  void theFramesAreEvenlySpacedOverTheVideo() {
    assertThat(new TreeSet<>(UnitPreviews.sample(new Clip(160, index -> true))))
        .isEqualTo(every(4, 2, 160))
        .hasSize(40);
    assertThat(new TreeSet<>(UnitPreviews.sample(new Clip(48, index -> true))))
        .isEqualTo(every(1, 0, 48));
    assertThat(new TreeSet<>(UnitPreviews.sample(new Clip(49, index -> true))))
        .isEqualTo(every(2, 1, 49));
    assertThat(UnitPreviews.sample(new Clip(1, index -> true))).containsExactly(0);
    for (int frames = 1; frames < 1000; frames++) {
      assertThat(UnitPreviews.sample(new Clip(frames, index -> true)).size())
          .as("of %d frames", frames)
          .isBetween(Math.min(frames, UnitPreviews.MOST_FRAMES / 2), UnitPreviews.MOST_FRAMES);
    }
  }

  private static TreeSet<Integer> every(int step, int first, int frames) {
    TreeSet<Integer> indices = new TreeSet<>();
    for (int index = first; index < frames; index += step) {
      indices.add(index);
    }
    return indices;
  }

  @Test
  void annotatedFramesComeBeforeTheirNeighbours() {
    assertThat(UnitPreviews.sample(new Clip(960, index -> index % 20 == 0)))
        .isEqualTo(every(20, 0, 960));
    // The second half has no truth at all; its frames are pictured nevertheless.
    assertThat(UnitPreviews.sample(new Clip(192, index -> index < 96 && index % 4 == 1)))
        .hasSize(48)
        .contains(1, 93, 98, 190)
        .doesNotContain(2, 94, 97);
    assertThat(UnitPreviews.sample(new Clip(5, index -> false))).hasSize(5);
  }

  @Test
  void onlyOneMethodKeepsInputAndTruth() throws IOException {
    Video video = new Clip(1, index -> true);
    TaskPrediction prediction = new TaskPrediction.Semantic(halves());

    FramePreview alone =
        new UnitPreviews(video, CLASSES, false).draw(video.read(0), prediction).orElseThrow();
    FramePreview whole =
        new UnitPreviews(video, CLASSES, true).draw(video.read(0), prediction).orElseThrow();

    assertThat(alone.input()).isEmpty();
    assertThat(alone.truth()).isEmpty();
    assertThat(picture(whole.input().orElseThrow()).getWidth()).isEqualTo(320);
    assertThat(whole.truth().orElseThrow()).isEqualTo(whole.prediction());
    BufferedImage drawn = picture(alone.prediction());
    assertThat(drawn.getWidth()).isEqualTo(320);
    assertThat(drawn.getHeight()).isEqualTo(150);
    assertThat(rgb(drawn, 0, 0)).isEqualTo(RED);
    assertThat(rgb(drawn, 319, 149)).isEqualTo(BLUE);
  }

  @Test
  void framesThatWereNotChosenAreNotDrawn() {
    Video video = new Clip(160, index -> true);

    assertThat(
            new UnitPreviews(video, CLASSES, true)
                .draw(video.read(0), new TaskPrediction.Semantic(halves())))
        .isEmpty();
  }

  @Test
  void segmentsHaveBordersAndObjectsLieByTheirScores() throws IOException {
    Video video = new Clip(1, index -> true);
    UnitPreviews previews = new UnitPreviews(video, CLASSES, false);
    int[] ids = new int[HEIGHT * WIDTH];
    boolean[] right = new boolean[ids.length];
    for (int i = 0; i < ids.length; i++) {
      right[i] = isRight(i);
      ids[i] = right[i] ? 2 : 1;
    }
    boolean[] everywhere = new boolean[ids.length];
    Arrays.fill(everywhere, true);
    List<PanopticSegment> segments =
        List.of(PanopticSegment.predicted(1, 0), PanopticSegment.predicted(2, 1));
    List<InstanceDetection> detections =
        List.of(
            new InstanceDetection(1, RunLengthMask.of(HEIGHT, WIDTH, right), 0.9),
            new InstanceDetection(0, RunLengthMask.of(HEIGHT, WIDTH, everywhere), 0.6),
            new InstanceDetection(1, RunLengthMask.of(HEIGHT, WIDTH, everywhere), 0.4));

    for (TaskPrediction prediction :
        List.of(
            new TaskPrediction.Panoptic(new PanopticMap(HEIGHT, WIDTH, ids, segments)),
            new TaskPrediction.Instance(detections))) {
      BufferedImage drawn =
          picture(previews.draw(video.read(0), prediction).orElseThrow().prediction());
      assertThat(rgb(drawn, 10, 10)).as(prediction.task().id()).isEqualTo(RED);
      assertThat(rgb(drawn, 159, 10)).isEqualTo(0xffffff);
      assertThat(rgb(drawn, 310, 10)).isEqualTo(BLUE);
    }
  }
}
