package io.videottt.jobs.drawing;

import static org.assertj.core.api.Assertions.assertThat;

import io.videottt.adaptation.inference.TaskPrediction;
import io.videottt.adaptation.scoring.FramePreview;
import io.videottt.base.Task;
import io.videottt.catalog.Catalog;
import io.videottt.catalog.DataSet;
import io.videottt.catalog.definition.ClassDefinition;
import io.videottt.catalog.image.LabelMap;
import io.videottt.catalog.image.RgbImage;
import io.videottt.catalog.video.Frame;
import io.videottt.catalog.video.GroundTruth;
import io.videottt.catalog.video.Video;
import io.videottt.metrics.InstanceDetection;
import io.videottt.metrics.PanopticMap;
import io.videottt.metrics.PanopticSegment;
import io.videottt.metrics.RunLengthMask;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.IntPredicate;
import javax.imageio.ImageIO;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;

class VideoPreviewsTest {

  private static final int HEIGHT = 300;
  private static final int WIDTH = 640;
  private static final int RED = 0xff0000;
  private static final int BLUE = 0x0000ff;
  private static final int PALE = Color.HSBtoRGB(0, 0.3f, 0.95f) & 0xffffff;
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
    assertThat(new TreeSet<>(VideoPreviews.sample(new Clip(160, index -> true))))
        .isEqualTo(every(4, 2, 160))
        .hasSize(40);
    assertThat(new TreeSet<>(VideoPreviews.sample(new Clip(48, index -> true))))
        .isEqualTo(every(1, 0, 48));
    assertThat(new TreeSet<>(VideoPreviews.sample(new Clip(49, index -> true))))
        .isEqualTo(every(2, 1, 49));
    assertThat(VideoPreviews.sample(new Clip(1, index -> true))).containsExactly(0);
    for (int frames = 1; frames < 1000; frames++) {
      assertThat(VideoPreviews.sample(new Clip(frames, index -> true)).size())
          .as("of %d frames", frames)
          .isBetween(Math.min(frames, VideoPreviews.MOST_FRAMES / 2), VideoPreviews.MOST_FRAMES);
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
    assertThat(VideoPreviews.sample(new Clip(960, index -> index % 20 == 0)))
        .isEqualTo(every(20, 0, 960));
    // The second half has no truth at all; its frames are pictured nevertheless.
    assertThat(VideoPreviews.sample(new Clip(192, index -> index < 96 && index % 4 == 1)))
        .hasSize(48)
        .contains(1, 93, 98, 190)
        .doesNotContain(2, 94, 97);
    assertThat(VideoPreviews.sample(new Clip(5, index -> false))).hasSize(5);
  }

  @Test
  void onlyOneMethodKeepsInputAndTruth() throws IOException {
    Video video = new Clip(1, index -> true);
    TaskPrediction prediction = new TaskPrediction.Semantic(halves());

    FramePreview alone =
        new VideoPreviews(video, CLASSES, false).draw(video.read(0), prediction).orElseThrow();
    FramePreview whole =
        new VideoPreviews(video, CLASSES, true).draw(video.read(0), prediction).orElseThrow();

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
            new VideoPreviews(video, CLASSES, true)
                .draw(video.read(0), new TaskPrediction.Semantic(halves())))
        .isEmpty();
  }

  @Test
  void segmentsHaveBordersAndObjectsLieByTheirScores() throws IOException {
    Video video = new Clip(1, index -> true);
    VideoPreviews previews = new VideoPreviews(video, CLASSES, false);
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
      // No truth is known that it could find.
      assertThat(rgb(drawn, 310, 10)).isEqualTo(PALE);
    }
  }

  @Test
  void anObjectHasOneColourInTruthAndPredictionsOfEveryFrameAndTask() throws IOException {
    Video drive =
        DataSet.of(Catalog.builtIn().definition("embedded"), new Configuration())
            .video("val", "val-haze", EnumSet.of(Task.PANOPTIC, Task.INSTANCE));
    PredictedClasses classes = PredictedClasses.of(Catalog.builtIn().definition("embedded"));
    VideoPreviews previews = new VideoPreviews(drive, classes, true);
    Map<Integer, Integer> colours = new HashMap<>();
    int seenAgain = 0;
    for (int index : new TreeSet<>(VideoPreviews.sample(drive)).headSet(12)) {
      Frame frame = drive.read(index);
      PanopticMap truth = frame.truth().panoptic().orElseThrow();
      FramePreview drawn =
          previews.draw(frame, new TaskPrediction.Panoptic(renumbered(truth))).orElseThrow();
      BufferedImage picture = picture(drawn.truth().orElseThrow());
      assertThat(drawn.prediction()).isEqualTo(drawn.truth().orElseThrow());
      for (PanopticSegment segment : truth.segments()) {
        Integer colour = inside(picture, truth, segment.id());
        if (colour != null && classes.isThing(segment.classId())) {
          Integer before = colours.put(segment.id(), colour);
          seenAgain += before == null ? 0 : 1;
          assertThat(before == null ? colour : before).isEqualTo(colour);
        }
      }
    }
    assertThat(seenAgain).isGreaterThan(3);
  }

  /** The same segments under other ids, in another order. */
  private static PanopticMap renumbered(PanopticMap map) {
    Map<Integer, Integer> ids = new HashMap<>(Map.of(PanopticMap.VOID, PanopticMap.VOID));
    List<PanopticSegment> segments = new ArrayList<>();
    for (PanopticSegment segment : map.segments()) {
      ids.put(segment.id(), 1000 - segments.size());
      segments.add(0, PanopticSegment.predicted(1000 - segments.size(), segment.classId()));
    }
    int[] own = Arrays.stream(map.ids()).map(ids::get).toArray();
    return new PanopticMap(map.height(), map.width(), own, segments);
  }

  /** The colour of a segment away from borders; {@code null} where it is too small. */
  private static Integer inside(BufferedImage picture, PanopticMap map, int id) {
    for (int y = 0; y + 1 < map.height(); y++) {
      for (int x = 0; x + 1 < map.width(); x++) {
        int place = y * map.width() + x;
        if (map.ids()[place] == id
            && map.ids()[place + 1] == id
            && map.ids()[place + map.width()] == id) {
          return rgb(picture, x, y);
        }
      }
    }
    return null;
  }
}
