package io.videottt.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.videottt.base.InvalidInputException;
import io.videottt.base.Task;
import io.videottt.catalog.coco.CocoVideosLayout;
import io.videottt.catalog.definition.DataSetDefinition;
import io.videottt.catalog.definition.LabelPolicy;
import io.videottt.catalog.definition.NamedClasses;
import io.videottt.catalog.definition.SplitDefinition;
import io.videottt.catalog.file.FileProblem;
import io.videottt.catalog.file.Tally;
import io.videottt.catalog.file.TruthWarning;
import io.videottt.catalog.image.LabelMap;
import io.videottt.catalog.image.TestImages;
import io.videottt.catalog.video.GroundTruth;
import io.videottt.metrics.InstanceTruth;
import io.videottt.metrics.PanopticCounts;
import io.videottt.metrics.PanopticMap;
import io.videottt.metrics.PanopticRules;
import io.videottt.metrics.PanopticSegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A COCO video of two annotated frames, 6 x 4 pixels: two columns of car, two of an id that is not
 * listed, one of an ignored category, one of void; a person is listed and has no pixel.
 */
class PublishedTruthTest {

  private static final int WIDTH = 6;
  private static final int HEIGHT = 4;
  private static final int CAR = 513;
  private static final int UNLISTED = 70_000;
  private static final int IGNORED = 3;
  private static final int PERSON = 9;
  private static final Set<Task> ALL = Task.segmentation();

  private final Configuration hadoop = new Configuration();

  @TempDir private Path root;

  @BeforeEach
  void writeVideo() {
    for (String name : List.of("bar_0001", "bar_0002", "bar_0003")) {
      TestImages.writeColour(root.resolve("raw_images/bar/" + name + ".png"), WIDTH, HEIGHT);
    }
    for (String name : List.of("bar_0001", "bar_0002")) {
      TestCoco.writeMask(
          root.resolve("panoptic_images/bar/" + name + ".png"),
          WIDTH,
          HEIGHT,
          (x, y) -> x < 2 ? CAR : x < 4 ? UNLISTED : x == 4 ? IGNORED : PanopticMap.VOID);
    }
    TestCoco.write(
        root.resolve("annotations/train/bar.json"),
        List.of(
            TestCoco.image(1, "bar_0001.png", WIDTH, HEIGHT),
            TestCoco.image(2, "bar_0002.png", WIDTH, HEIGHT)),
        List.of(annotation(1), annotation(2)));
  }

  private static String annotation(long image) {
    return TestCoco.annotation(
        image,
        "bar_000%d.png".formatted(image),
        "{\"id\": %d, \"category_id\": 3, \"iscrowd\": 0, \"area\": 8.5}".formatted(CAR),
        TestCoco.segment(PERSON, 1, false),
        TestCoco.segment(IGNORED, 255, false));
  }

  private DataSet open(boolean published) {
    return DataSet.of(
        new DataSetDefinition(
            "own",
            null,
            root.toString(),
            new CocoVideosLayout(null, null, null, null, null, false),
            10,
            NamedClasses.of("coco-133"),
            null,
            Map.of(
                "test",
                new SplitDefinition("", List.of("bar"), "", 0, 0, LabelPolicy.OPTIONAL, null)),
            published),
        hadoop);
  }

  @Test
  void whatIsNotListedIsNoVoidAndOfNoSegmentInPublishedTruth() {
    GroundTruth truth = open(true).video("test", "bar", ALL).read(0).truth();
    PanopticMap map = truth.panoptic().orElseThrow();
    assertThat(map.ids())
        .startsWith(CAR, CAR, UNLISTED, UNLISTED, PanopticMap.UNSCORED, PanopticMap.VOID);
    byte none = (byte) LabelMap.IGNORE;
    assertThat(truth.labels().orElseThrow().labels())
        .startsWith(new byte[] {2, 2, none, none, none, none});

    PanopticMap prediction = prediction(new int[] {1, 1, 2, 2, 3, 3});
    PanopticCounts counts = new PanopticCounts(133);
    counts.add("bar", map, prediction);
    // On unlisted pixels a prediction is wrong; on void and ignored ones it is excused.
    assertThat(counts.falsePositives(2)).isEqualTo(1);
    assertThat(counts.truePositives(2)).isEqualTo(1);
    assertThat(counts.falseNegatives(0)).isEqualTo(1);

    // Nor are unlisted pixels taken out of a union, 16 + 8.5 - 8, which makes 8 too few.
    PanopticCounts wide = new PanopticCounts(133);
    wide.add("bar", map, prediction(new int[] {1, 1, 1, 1, 3, 3}));
    assertThat(wide.truePositives(2)).isZero();
    assertThat(wide.falseNegatives(2)).isEqualTo(1);

    PanopticCounts released = new PanopticCounts(133);
    released.add("bar", map, prediction, PanopticRules.RELEASED);
    assertThat(released.falsePositives(2)).isEqualTo(2);
    assertThat(released.falseNegatives(0)).isEqualTo(1);
  }

  private static PanopticMap prediction(int[] columns) {
    int[] ids = new int[WIDTH * HEIGHT];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = columns[i % WIDTH];
    }
    List<PanopticSegment> segments =
        Arrays.stream(columns).distinct().mapToObj(id -> PanopticSegment.predicted(id, 2)).toList();
    return new PanopticMap(HEIGHT, WIDTH, ids, segments);
  }

  @Test
  void aListedSegmentWithoutPixelsIsAnObjectThatCannotBeFound() {
    List<InstanceTruth> objects =
        open(true).video("test", "bar", Set.of(Task.INSTANCE)).read(1).truth().instances().get();
    assertThat(objects).extracting(InstanceTruth::classId).containsExactly(2, 0);
    assertThat(objects.get(0).area()).isEqualTo(8.5);
    assertThat(objects.get(1).mask().area()).isZero();
  }

  @Test
  void elsewhereItIsTheErrorThatItWas() {
    assertThatThrownBy(() -> open(false).video("test", "bar", ALL).read(0))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("bar.json: image bar_0001: segment 70000 has pixels in ")
        .hasMessageEndingWith(", but is not listed");
    CatalogCheck.Split found = open(false).check(List.of("test")).splits().get(0);
    assertThat(found.warnings()).isEmpty();
    assertThat(found.problems().get(FileProblem.Kind.SEGMENT_MISMATCH).count()).isEqualTo(4);
    assertThat(open(false).warnings("test", List.of("bar"), ALL)).isEmpty();
  }

  @Test
  void theCheckCountsBothAndIsClean() {
    CatalogCheck check = open(true).check(List.of("test"));
    assertThat(check.clean()).isTrue();
    CatalogCheck.Split found = check.splits().get(0);
    assertThat(found.annotatedFrames()).isEqualTo(2);
    assertThat(found.warnings())
        .containsOnlyKeys(TruthWarning.UNLISTED_PIXELS, TruthWarning.UNDRAWN_SEGMENTS);
    Tally.Found pixels = found.warnings().get(TruthWarning.UNLISTED_PIXELS);
    assertThat(pixels.count()).isEqualTo(2 * 2 * HEIGHT);
    assertThat(pixels.examples())
        .hasSize(2)
        .first()
        .asString()
        .contains("bar.json: image bar_0001: 8 pixels in ", "of segment 70000, not listed");
    assertThat(found.warnings().get(TruthWarning.UNDRAWN_SEGMENTS).count()).isEqualTo(2);
  }

  @Test
  void planningCountsTheSameWithoutTheImagesAndGoesOnAfterADamagedMap() {
    TestImages.write(root.resolve("raw_images/bar/bar_0001.png"), new byte[] {1});
    Map<TruthWarning, Tally.Found> found =
        open(true).warnings("test", List.of("bar"), Set.of(Task.SEMANTIC));
    assertThat(found.get(TruthWarning.UNLISTED_PIXELS).count()).isEqualTo(2 * 2 * HEIGHT);
    TestImages.write(root.resolve("panoptic_images/bar/bar_0002.png"), new byte[] {1});
    found = open(true).warnings("test", List.of("bar"), ALL);
    assertThat(found.get(TruthWarning.UNLISTED_PIXELS).count()).isEqualTo(2 * HEIGHT);
    TestImages.write(
        root.resolve("annotations/train/bar.json"), "{".getBytes(StandardCharsets.UTF_8));
    assertThat(open(true).warnings("test", List.of("bar"), ALL)).isEmpty();
  }

  @Test
  void aSegmentListedTwiceOrOfAnUnknownCategoryIsWrongInPublishedTruthToo() {
    TestCoco.write(
        root.resolve("annotations/train/bar.json"),
        List.of(TestCoco.image(1, "bar_0001.png", WIDTH, HEIGHT)),
        List.of(
            TestCoco.annotation(
                1,
                "bar_0001.png",
                TestCoco.segment(CAR, 3, false),
                TestCoco.segment(CAR, 3, false),
                TestCoco.segment(IGNORED, 300, false))));
    CatalogCheck check = open(true).check(List.of("test"));
    assertThat(check.clean()).isFalse();
    assertThat(check.splits().get(0).problems())
        .containsOnlyKeys(FileProblem.Kind.SEGMENT_MISMATCH, FileProblem.Kind.UNKNOWN_LABEL);
  }
}
