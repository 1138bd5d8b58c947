package io.videottt.catalog.coco;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.videottt.base.InvalidInputException;
import io.videottt.base.Task;
import io.videottt.catalog.Catalog;
import io.videottt.catalog.CatalogCheck;
import io.videottt.catalog.DataSet;
import io.videottt.catalog.TestCoco;
import io.videottt.catalog.VideoFiles;
import io.videottt.catalog.definition.DataSetDefinition;
import io.videottt.catalog.definition.LabelPolicy;
import io.videottt.catalog.definition.Layout;
import io.videottt.catalog.definition.NamedClasses;
import io.videottt.catalog.definition.SplitDefinition;
import io.videottt.catalog.file.FileProblem;
import io.videottt.catalog.image.LabelMap;
import io.videottt.catalog.image.TestImages;
import io.videottt.catalog.video.GroundTruth;
import io.videottt.catalog.video.Video;
import io.videottt.metrics.InstanceTruth;
import io.videottt.metrics.PanopticCounts;
import io.videottt.metrics.PanopticMap;
import io.videottt.metrics.PanopticRules;
import io.videottt.metrics.PanopticSegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A video of 21 frames, 6 x 4 pixels, of which three are annotated: car, sky, unscored, void. */
class CocoVideosTest {

  private static final int WIDTH = 6;
  private static final int HEIGHT = 4;
  private static final int FRAMES = 21;
  private static final int CAR = 513;
  private static final int SKY = 70_000;
  private static final int UNSCORED = 3;
  private static final Set<Task> ALL = Task.segmentation();

  private final Configuration hadoop = new Configuration();

  @TempDir private Path root;

  @BeforeEach
  void writeVideo() {
    for (int frame = 1; frame <= FRAMES; frame++) {
      TestImages.writeColour(
          root.resolve("raw_images/bar/%s.png".formatted(name(frame))), WIDTH, HEIGHT);
    }
    List<Integer> annotated = List.of(1, 11, 21);
    for (int frame : annotated) {
      TestCoco.writeMask(mask(frame), WIDTH, HEIGHT, CocoVideosTest::idOf);
    }
    writeAnnotations(annotated);
  }

  @Test
  void everyFrameIsReadAndTheAnnotatedOnesHaveTruth() {
    Video video = open().video("test", "bar", ALL);
    assertThat(video.frameCount()).isEqualTo(FRAMES);
    assertThat(video.framesPerSecond()).isEqualTo(10);
    assertThat(IntStream.range(0, FRAMES).filter(video::annotated)).containsExactly(0, 10, 20);
    assertThat(video.frameName(10)).isEqualTo("bar_0011");
    assertThat(video.read(1).truth()).isEqualTo(GroundTruth.none());
    assertThat(video.read(10).truth().has(Task.PANOPTIC)).isTrue();
  }

  @Test
  void theReleasesExtraCategoryIsNotScoredAndNoObject() {
    GroundTruth truth = open().video("test", "bar", ALL).read(0).truth();
    PanopticMap map = truth.panoptic().orElseThrow();
    assertThat(map.ids()).startsWith(CAR, CAR, SKY, SKY, PanopticMap.UNSCORED, PanopticMap.VOID);
    assertThat(map.segments()).extracting(PanopticSegment::id).containsExactlyInAnyOrder(CAR, SKY);
    byte none = (byte) LabelMap.IGNORE;
    assertThat(truth.labels().orElseThrow().labels())
        .startsWith(new byte[] {2, 2, 119, 119, none, none});
    List<InstanceTruth> objects = truth.instances().orElseThrow();
    assertThat(objects).singleElement().extracting(InstanceTruth::classId).isEqualTo(2);
    assertThat(objects.get(0).mask().area()).isEqualTo(2 * HEIGHT);
    assertThat(objects.get(0).mask().toPixels()).startsWith(true, true, false, false);
    assertThat(truth.stuff()).containsExactly(119);
  }

  @Test
  void theSameMapHasTwoPanopticQualities() {
    PanopticMap truth =
        open().video("test", "bar", Set.of(Task.PANOPTIC)).read(0).truth().panoptic().orElseThrow();
    int[] predicted = new int[WIDTH * HEIGHT];
    for (int i = 0; i < predicted.length; i++) {
      // Car and sky right; what lies on the unscored segment and beyond is called car again.
      predicted[i] = i % WIDTH < 2 ? 1 : i % WIDTH < 4 ? 2 : 3;
    }
    PanopticMap prediction =
        new PanopticMap(
            HEIGHT,
            WIDTH,
            predicted,
            List.of(
                PanopticSegment.predicted(1, 2),
                PanopticSegment.predicted(2, 119),
                PanopticSegment.predicted(3, 2)));
    PanopticCounts benchmark = new PanopticCounts(133);
    benchmark.add("bar", truth, prediction);
    assertThat(benchmark.falsePositives(2)).isZero();
    PanopticCounts released = new PanopticCounts(133);
    released.add("bar", truth, prediction, PanopticRules.RELEASED);
    assertThat(released.falsePositives(2)).isEqualTo(1);
  }

  @Test
  void stuffMayCountAsObjectsAsInTheReleasedCode() {
    Layout layout = new CocoVideosLayout(null, null, null, null, null, true);
    Video video = own(layout).video("test", "bar", Set.of(Task.INSTANCE));
    assertThat(video.read(0).truth().instances().orElseThrow())
        .extracting(InstanceTruth::classId)
        .containsExactlyInAnyOrder(2, 119);
    assertThat(video.read(0).truth().stuff()).isEmpty();
  }

  @Test
  void objectsMayComeFromFilesOfTheirOwn() {
    Path file = root.resolve("annotations/val/bar.json");
    List<String> images = List.of(TestCoco.image(11, "bar_0011.png", WIDTH, HEIGHT));
    TestCoco.write(file, images, List.of(TestCoco.object(1, 11, 1, TestCoco.box(0, 0, 3, 2))));
    Layout layout = new CocoVideosLayout(null, null, null, null, "annotations/val", false);
    Video video = own(layout).video("test", "bar", Set.of(Task.INSTANCE));
    assertThat(IntStream.range(0, FRAMES).filter(video::annotated)).containsExactly(10);
    assertThat(video.read(10).truth().instances().orElseThrow())
        .singleElement()
        .extracting(InstanceTruth::area)
        .isEqualTo(6.0);
    Video all = own(layout).video("test", "bar", ALL);
    assertThat(all.read(0).truth().has(Task.PANOPTIC)).isTrue();
    assertThat(all.read(0).truth().has(Task.INSTANCE)).isFalse();
    assertThat(all.read(10).truth().has(Task.INSTANCE)).isTrue();
  }

  @Test
  void theFilesOfAVideoAreListedWithTheTasksThatTheyBearOn() throws Exception {
    Path objects = root.resolve("annotations/val/bar.json");
    TestCoco.write(
        objects,
        List.of(TestCoco.image(11, "bar_0011.png", WIDTH, HEIGHT)),
        List.of(TestCoco.object(1, 11, 1, TestCoco.box(0, 0, 3, 2))));
    Files.writeString(root.resolve("raw_images/bar/notes.txt"), "no frame");
    Layout layout = new CocoVideosLayout(null, null, null, null, "annotations/val", false);

    VideoFiles files = own(layout).files("test", "bar");

    assertThat(files.files().keySet())
        .hasSize(FRAMES + 3 + 2)
        .contains("images/bar_0001.png", "panoptic.json", "instances.json")
        .filteredOn(name -> name.startsWith("masks/"))
        .hasSize(3);
    assertThat(files.files().get("instances.json").size()).isEqualTo(Files.size(objects));
    assertThat(files.tasks("instances.json")).containsExactly(Task.INSTANCE);
    assertThat(files.tasks("panoptic.json")).containsExactly(Task.SEMANTIC, Task.PANOPTIC);
    assertThat(files.tasks("images/bar_0001.png")).isEqualTo(EnumSet.allOf(Task.class));
    assertThat(files.reading()).containsEntry("frame rate", "10.0").containsKey("class 002");
    assertThat(open().files("test", "bar").tasks("panoptic.json"))
        .as("where the segments are the objects")
        .isEqualTo(EnumSet.allOf(Task.class));
  }

  @Test
  void annotationsAreReadWhenTheFirstFrameIsAskedFor() throws Exception {
    Files.delete(json());
    DataSet set = open();
    Video video = set.video("test", "bar", ALL);
    assertThat(video.frameCount()).isEqualTo(FRAMES);
    assertThatThrownBy(() -> video.annotated(0))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("annotations/train/bar.json: no such file");
    writeAnnotations(List.of(1));
    assertThat(video.annotated(0)).isTrue();
  }

  @Test
  void anAnnotatedFrameWithoutImageIsNamed() {
    writeAnnotations(List.of(1, 31));
    Video video = open().video("test", "bar", ALL);
    assertThatThrownBy(() -> video.read(0))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageEndingWith(
            "bar.json: annotates image bar_0031.png (id 31), which is not among the frames");
  }

  @Test
  void unlabelledVideosNeedNoAnnotations() throws Exception {
    Files.delete(json());
    SplitDefinition split =
        new SplitDefinition("", List.of("bar"), "", 0, 0, LabelPolicy.NONE, null);
    Video video = own(layout(), split).video("test", "bar", ALL);
    assertThat(video.annotated(0)).isFalse();
    assertThat(video.read(0).truth()).isEqualTo(GroundTruth.none());
  }

  @Test
  void theCheckCountsAnnotatedFramesAndGoesOnAfterABadVideo() throws Exception {
    TestImages.writeColour(root.resolve("raw_images/house/house_0001.png"), WIDTH, HEIGHT);
    TestImages.write(root.resolve("annotations/train/house.json"), new byte[] {'{'});
    SplitDefinition split = new SplitDefinition("", null, "", 0, 0, LabelPolicy.OPTIONAL, null);
    CatalogCheck.Split found = own(layout(), split).check(List.of("test")).splits().get(0);
    assertThat(found.videos()).isEqualTo(2);
    assertThat(found.frames()).isEqualTo(FRAMES + 1);
    assertThat(found.annotatedFrames()).isEqualTo(3);
    assertThat(found.segments()[2]).isEqualTo(3);
    assertThat(found.objects()[2]).isEqualTo(3);
    assertThat(found.ignoredPixels()).isEqualTo(3 * 2 * HEIGHT);
    assertThat(found.problems()).containsOnlyKeys(FileProblem.Kind.UNREADABLE);
    assertThat(found.problems().get(FileProblem.Kind.UNREADABLE).count()).isEqualTo(1);
  }

  private DataSet open() {
    return Catalog.builtIn().open("coco-videos", Optional.of(root.toString()), hadoop);
  }

  private DataSet own(Layout layout) {
    return own(
        layout, new SplitDefinition("", List.of("bar"), "", 0, 0, LabelPolicy.OPTIONAL, null));
  }

  private DataSet own(Layout layout, SplitDefinition split) {
    return DataSet.of(
        new DataSetDefinition(
            "own",
            null,
            root.toString(),
            layout,
            10,
            NamedClasses.of("coco-133"),
            null,
            Map.of("test", split),
            false),
        hadoop);
  }

  private static Layout layout() {
    return new CocoVideosLayout(null, null, null, null, null, false);
  }

  private void writeAnnotations(List<Integer> frames) {
    TestCoco.write(
        json(),
        frames.stream()
            .map(frame -> TestCoco.image(frame, name(frame) + ".png", WIDTH, HEIGHT))
            .toList(),
        frames.stream()
            .map(
                frame ->
                    TestCoco.annotation(
                        frame,
                        name(frame) + ".png",
                        TestCoco.segment(CAR, 3, false),
                        TestCoco.segment(SKY, 187, false),
                        TestCoco.segment(UNSCORED, 255, false)))
            .toList());
  }

  private static int idOf(int x, int y) {
    return x < 2 ? CAR : x < 4 ? SKY : x == 4 ? UNSCORED : PanopticMap.VOID;
  }

  private static String name(int frame) {
    return "bar_%04d".formatted(frame);
  }

  private Path json() {
    return root.resolve("annotations/train/bar.json");
  }

  private Path mask(int frame) {
    return root.resolve("panoptic_images/bar/%s.png".formatted(name(frame)));
  }
}
