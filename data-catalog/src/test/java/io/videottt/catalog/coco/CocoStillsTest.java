package io.videottt.catalog.coco;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.videottt.base.InvalidInputException;
import io.videottt.base.Task;
import io.videottt.catalog.Catalog;
import io.videottt.catalog.CatalogCheck;
import io.videottt.catalog.DataSet;
import io.videottt.catalog.TestCoco;
import io.videottt.catalog.definition.DataSetDefinition;
import io.videottt.catalog.definition.Layout;
import io.videottt.catalog.definition.NamedClasses;
import io.videottt.catalog.definition.SplitDefinition;
import io.videottt.catalog.file.FileProblem;
import io.videottt.catalog.image.LabelMap;
import io.videottt.catalog.image.TestImages;
import io.videottt.catalog.video.GroundTruth;
import io.videottt.catalog.video.Video;
import io.videottt.metrics.InstanceTruth;
import io.videottt.metrics.PanopticMap;
import io.videottt.metrics.PanopticSegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two stills, 8 x 4 pixels: columns of a person, a crowd of persons, sky and void. */
class CocoStillsTest {

  private static final int WIDTH = 8;
  private static final int HEIGHT = 4;
  private static final int PERSON = 65536 * 200 + 7;
  private static final int CROWD = 256 * 9 + 1;
  private static final int SKY = (1 << 24) - 1;
  private static final int SKY_CLASS = 119;
  private static final Set<Task> ALL = Task.segmentation();

  private final Configuration hadoop = new Configuration();

  @TempDir private Path root;

  @BeforeEach
  void writeFiles() {
    writeStill("b");
    writeStill("a");
    writePanoptic(annotation(10, "a", columns()), annotation(9, "b", columns()));
    writeInstances(
        TestCoco.object(1, 9, 1, TestCoco.box(0, 0, 2, 2)),
        TestCoco.object(2, 9, 187, TestCoco.box(0, 0, 2, 2)),
        TestCoco.object(3, 9, 3, "{\"size\": [4, 8], \"counts\": [28, 4]}"));
  }

  @Test
  void imagesFollowTheirIdsAndSegmentsServeAllTasks() {
    List<Video> videos = panoptic().videos("val", ALL);
    assertThat(videos).extracting(Video::id).containsExactly("val2017");
    Video stills = videos.get(0);
    assertThat(names(stills)).containsExactly("b", "a");
    GroundTruth truth = stills.read(0).truth();
    PanopticMap map = truth.panoptic().orElseThrow();
    assertThat(map.segments())
        .containsExactlyInAnyOrder(
            new PanopticSegment(PERSON, 0, false, 0),
            new PanopticSegment(CROWD, 0, true, 0),
            new PanopticSegment(SKY, SKY_CLASS, false, 0));
    assertThat(map.ids()).startsWith(PERSON, PERSON, CROWD, CROWD, SKY, SKY, 0, 0);
    byte sky = (byte) SKY_CLASS;
    byte none = (byte) LabelMap.IGNORE;
    assertThat(truth.labels().orElseThrow().labels())
        .startsWith(new byte[] {0, 0, 0, 0, sky, sky, none, none});
  }

  @Test
  void objectsComeFromTheirOwnFileAndOnlyThingsCount() {
    List<InstanceTruth> objects = objects(panoptic(), 0);
    assertThat(objects).extracting(InstanceTruth::classId).containsExactly(0, 2);
    assertThat(objects).extracting(InstanceTruth::area).containsExactly(4.0, 4.0);
    assertThat(objects(panoptic(), 1)).isEmpty();
  }

  @Test
  void aSetOfObjectsAloneHasTheEightyThings() {
    writeInstances(TestCoco.object(1, 9, 90, TestCoco.box(0, 0, 2, 2)));
    DataSet instances = instances();
    Video stills = instances.video("val", "val2017", Set.of(Task.INSTANCE));
    assertThat(names(stills)).containsExactly("b", "a");
    GroundTruth truth = stills.read(0).truth();
    assertThat(truth.has(Task.PANOPTIC)).isFalse();
    assertThat(truth.instances().orElseThrow())
        .singleElement()
        .extracting(InstanceTruth::classId)
        .isEqualTo(79);
    assertThatThrownBy(() -> instances.videos("val"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            "data set coco-instances has no ground truth for semantic segmentation; it has it for"
                + " colorization, instance");
  }

  @Test
  void withoutAFileOfObjectsThereIsNoInstanceTruth() {
    DataSet own = own(new CocoPanopticLayout(null, null, null, null), null, "");
    assertThat(own.videos("val", Set.of(Task.PANOPTIC))).hasSize(1);
    assertThatThrownBy(() -> own.videos("val", ALL))
        .hasMessageContaining("no ground truth for instance segmentation");
  }

  @Test
  void onlyWhatIsAskedForIsRead() throws Exception {
    Files.delete(root.resolve("annotations/instances_val2017.json"));
    Files.delete(mask("b"));
    assertThat(panoptic().videos("val", Set.of(Task.SEMANTIC)).get(0).annotated(0)).isTrue();
    TestImages.write(image("a"), new byte[] {1, 2});
    assertThat(panoptic().videos("val", Set.of(Task.SEMANTIC)).get(0).frameCount()).isEqualTo(2);
  }

  @Test
  void aFileIsReadOncePerDataSet() throws Exception {
    DataSet coco = panoptic();
    coco.videos("val", ALL).get(0).read(0);
    Files.delete(root.resolve("annotations/panoptic_val2017.json"));
    Files.delete(root.resolve("annotations/instances_val2017.json"));
    assertThat(coco.videos("val", ALL).get(0).read(1).truth().has(Task.INSTANCE)).isTrue();
    assertThatThrownBy(() -> panoptic().videos("val", ALL))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("panoptic_val2017.json: no such file");
  }

  @Test
  void aListPicksImagesAndTheSplitMayNameTheVideo() {
    TestImages.write(root.resolve("list.txt"), "mine/a\n".getBytes(StandardCharsets.UTF_8));
    Layout layout = new CocoPanopticLayout(null, null, null, null);
    DataSet own = own(layout, List.of("mine"), "list.txt");
    assertThat(names(own.videos("val").get(0))).containsExactly("a");
    assertThatThrownBy(() -> own(layout, List.of("x", "y"), "").videos("val"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("the stills of a split are one video");
  }

  @Test
  void aMissingMaskIsNamed() throws Exception {
    Files.delete(mask("b"));
    assertRefused("panoptic_val2017/b.png: the file is missing", FileProblem.Kind.MISSING);
  }

  @Test
  void aMissingImageIsNamed() throws Exception {
    Files.delete(image("b"));
    assertRefused("val2017/b.jpg: the file is missing", FileProblem.Kind.MISSING);
  }

  @Test
  void anImageWithoutAnnotationIsNamed() {
    writePanoptic(annotation(10, "a", columns()));
    assertRefused(
        "panoptic_val2017.json: image b: the frame is not annotated", FileProblem.Kind.MISSING);
  }

  @Test
  void aSegmentThatIsNotListedIsNamed() {
    TestCoco.writeMask(mask("b"), WIDTH, HEIGHT, (x, y) -> x == 7 ? 77 : idOf(x, y));
    assertRefused(
        "panoptic_val2017.json: image b: segment 77 has pixels in",
        FileProblem.Kind.SEGMENT_MISMATCH);
  }

  @Test
  void aSegmentThatIsNotDrawnIsNamed() {
    writePanoptic(
        annotation(10, "a", columns()),
        annotation(9, "b", columns(), TestCoco.segment(5, 1, false)));
    assertRefused(
        "panoptic_val2017.json: image b: segment 5 is listed, but has no pixel in",
        FileProblem.Kind.SEGMENT_MISMATCH);
  }

  @Test
  void aSegmentThatIsListedTwiceIsNamed() {
    writePanoptic(
        annotation(10, "a", columns()),
        annotation(9, "b", columns(), TestCoco.segment(SKY, 1, false)));
    assertRefused("image b: segment 16777215 is listed twice", FileProblem.Kind.SEGMENT_MISMATCH);
  }

  @Test
  void anUnknownCategoryIsNamedWithImageAndSegment() {
    TestCoco.writeMask(mask("b"), WIDTH, HEIGHT, (x, y) -> x == 7 ? 77 : idOf(x, y));
    writePanoptic(
        annotation(10, "a", columns()),
        annotation(9, "b", columns(), TestCoco.segment(77, 12, false)));
    assertRefused(
        "panoptic_val2017.json: image b: the category 12 of segment 77 is none of the 133 classes"
            + " of coco-panoptic nor ignored",
        FileProblem.Kind.UNKNOWN_LABEL);
  }

  @Test
  void anUnknownCategoryOfAnObjectIsNamed() {
    writeInstances(TestCoco.object(4, 9, 1_000_000, TestCoco.box(0, 0, 2, 2)));
    assertRefused(
        "instances_val2017.json: image b: the category 1000000 of segment 4 is none of the 133",
        FileProblem.Kind.UNKNOWN_LABEL);
  }

  @Test
  void runLengthsOfAnotherSizeAreNamed() {
    writeInstances(TestCoco.object(4, 9, 1, "{\"size\": [8, 4], \"counts\": [28, 4]}"));
    assertRefused(
        "instances_val2017.json: image b: segment 4: the run lengths are of 4 x 8 pixels",
        FileProblem.Kind.BAD_MASK);
  }

  @Test
  void aPolygonOfTwoPointsIsNamed() {
    writeInstances(TestCoco.object(4, 9, 1, "[[0, 0, 1, 1]]"));
    assertRefused(
        "instances_val2017.json: image b: segment 4: a polygon has 4 coordinates",
        FileProblem.Kind.BAD_MASK);
  }

  @Test
  void annotationsOfImagesThatAreNotListedAreNamed() {
    writeInstances(TestCoco.object(4, 99, 1, TestCoco.box(0, 0, 2, 2)));
    assertRefused(
        "instances_val2017.json: an object belongs to image id 99", FileProblem.Kind.UNKNOWN_IMAGE);
    writePanoptic(
        annotation(10, "a", columns()),
        annotation(9, "b", columns()),
        annotation(98, "c", columns()));
    assertRefused(
        "panoptic_val2017.json: the annotation c.png belongs to image id 98",
        FileProblem.Kind.UNKNOWN_IMAGE);
  }

  @Test
  void masksAndImagesOfOtherSizesAreNamed() {
    TestCoco.writeMask(mask("b"), WIDTH + 1, HEIGHT, CocoStillsTest::idOf);
    assertRefused(
        "b.png: 9 x 4 pixels, but " + root + "/annotations/panoptic_val2017.json says that image b",
        FileProblem.Kind.WRONG_SIZE);
    TestCoco.writeMask(mask("b"), WIDTH, HEIGHT, CocoStillsTest::idOf);
    TestImages.writeColour(image("b"), WIDTH, HEIGHT + 1);
    assertRefused(
        "panoptic_val2017.json: image b: the labels are 8 x 4, the image",
        FileProblem.Kind.WRONG_SIZE);
  }

  @Test
  void malformedFilesAreNamed() {
    Path file = root.resolve("annotations/panoptic_val2017.json");
    Map.of(
            "{\"images\": [", "not valid JSON",
            "{\"annotations\": []}", "has no images",
            "{\"images\": [{\"id\": 1}]}", "image 1 has no file_name",
            "{\"images\": [{\"id\": 1, \"file_name\": \"../../x.jpg\"}]}", "not a plain name")
        .forEach(
            (text, message) -> {
              TestImages.write(file, text.getBytes(StandardCharsets.UTF_8));
              assertThatThrownBy(() -> panoptic().videos("val"))
                  .isInstanceOf(InvalidInputException.class)
                  .hasMessageContaining("panoptic_val2017.json: ")
                  .hasMessageContaining(message);
            });
    assertThat(check().problems()).isNotEmpty();
  }

  @Test
  void theCheckCountsAndCollectsEverything() throws Exception {
    CatalogCheck.Split clean = check();
    assertThat(clean.problems()).containsOnlyKeys(FileProblem.Kind.NOT_AS_PUBLISHED);
    assertThat(clean.problems().get(FileProblem.Kind.NOT_AS_PUBLISHED).examples())
        .containsExactly("data set coco-panoptic, split val: 2 frames, 5,000 are published");
    assertThat(clean.frames()).isEqualTo(2);
    assertThat(clean.annotatedFrames()).isEqualTo(2);
    assertThat(clean.pixels()[0]).isEqualTo(2 * 4 * HEIGHT);
    assertThat(clean.ignoredPixels()).isEqualTo(2 * 2 * HEIGHT);
    assertThat(clean.segments()[0]).isEqualTo(4);
    assertThat(clean.segments()[SKY_CLASS]).isEqualTo(2);
    assertThat(clean.objects()[0]).isEqualTo(1);
    assertThat(clean.objects()[2]).isEqualTo(1);

    Files.delete(mask("a"));
    TestCoco.writeMask(mask("b"), WIDTH, HEIGHT, (x, y) -> x == 7 ? 77 : idOf(x, y));
    writePanoptic(
        annotation(10, "a", columns()),
        annotation(9, "b", columns(), TestCoco.segment(5, 12, false)),
        annotation(98, "c", columns()));
    writeInstances(
        TestCoco.object(1, 9, 1, TestCoco.box(0, 0, 2, 2)),
        TestCoco.object(2, 9, 1, "[[0, 0, 1, 1]]"),
        TestCoco.object(3, 9, 1, "{\"size\": [8, 4], \"counts\": [28, 4]}"));
    CatalogCheck.Split spoilt = check();
    assertThat(count(spoilt, FileProblem.Kind.MISSING)).isEqualTo(1);
    assertThat(count(spoilt, FileProblem.Kind.SEGMENT_MISMATCH)).isEqualTo(2);
    assertThat(count(spoilt, FileProblem.Kind.UNKNOWN_LABEL)).isEqualTo(1);
    assertThat(count(spoilt, FileProblem.Kind.UNKNOWN_IMAGE)).isEqualTo(1);
    assertThat(count(spoilt, FileProblem.Kind.BAD_MASK)).isEqualTo(2);
    assertThat(spoilt.annotatedFrames()).isEqualTo(1);
    assertThat(spoilt.segments()[0]).isEqualTo(2);
    assertThat(spoilt.objects()[0]).isEqualTo(1);
  }

  /** Reading the frame says it, and so does the check, as a problem of that kind. */
  private void assertRefused(String message, FileProblem.Kind kind) {
    assertThatThrownBy(() -> panoptic().videos("val", ALL).get(0).read(0))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(message)
        .satisfies(e -> assertThat(e.getMessage().lines()).hasSize(1));
    assertThat(check().problems().get(kind).examples())
        .anySatisfy(example -> assertThat(example).contains(message));
  }

  private CatalogCheck.Split check() {
    return panoptic().check(List.of("val")).splits().get(0);
  }

  private static long count(CatalogCheck.Split split, FileProblem.Kind kind) {
    return split.problems().get(kind).count();
  }

  private DataSet panoptic() {
    return Catalog.builtIn().open("coco-panoptic", Optional.of(root.toString()), hadoop);
  }

  private DataSet instances() {
    return Catalog.builtIn().open("coco-instances", Optional.of(root.toString()), hadoop);
  }

  private DataSet own(Layout layout, List<String> videos, String list) {
    SplitDefinition split = new SplitDefinition("val2017", videos, list, 0, 0, null, null);
    return DataSet.of(
        new DataSetDefinition(
            "own",
            null,
            root.toString(),
            layout,
            10,
            NamedClasses.of("coco-133"),
            null,
            Map.of("val", split),
            false),
        hadoop);
  }

  private static List<InstanceTruth> objects(DataSet set, int index) {
    return set.videos("val", ALL).get(0).read(index).truth().instances().orElseThrow();
  }

  private static List<String> names(Video video) {
    return IntStream.range(0, video.frameCount()).mapToObj(video::frameName).toList();
  }

  private static int idOf(int x, int y) {
    return new int[] {PERSON, CROWD, SKY, PanopticMap.VOID, PanopticMap.VOID}[x / 2];
  }

  private static String[] columns() {
    return new String[] {
      TestCoco.segment(PERSON, 1, false),
      TestCoco.segment(CROWD, 1, true),
      TestCoco.segment(SKY, 187, false)
    };
  }

  private static String annotation(int id, String name, String[] segments, String... more) {
    List<String> all = new ArrayList<>(List.of(segments));
    all.addAll(List.of(more));
    return TestCoco.annotation(id, name + ".png", all.toArray(new String[0]));
  }

  private void writeStill(String name) {
    TestImages.writeColour(image(name), WIDTH, HEIGHT);
    TestCoco.writeMask(mask(name), WIDTH, HEIGHT, CocoStillsTest::idOf);
  }

  private void writePanoptic(String... annotations) {
    write("annotations/panoptic_val2017.json", annotations);
  }

  private void writeInstances(String... objects) {
    write("annotations/instances_val2017.json", objects);
  }

  private void write(String file, String... annotations) {
    TestCoco.write(
        root.resolve(file),
        List.of(
            TestCoco.image(10, "a.jpg", WIDTH, HEIGHT), TestCoco.image(9, "b.jpg", WIDTH, HEIGHT)),
        List.of(annotations));
  }

  private Path image(String name) {
    return root.resolve("val2017/" + name + ".jpg");
  }

  private Path mask(String name) {
    return root.resolve("annotations/panoptic_val2017/" + name + ".png");
  }
}
