package io.videottt.catalog.folders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.videottt.base.InvalidInputException;
import io.videottt.base.Task;
import io.videottt.catalog.Catalog;
import io.videottt.catalog.CatalogCheck;
import io.videottt.catalog.DataSet;
import io.videottt.catalog.definition.DataSetDefinition;
import io.videottt.catalog.definition.LabelPolicy;
import io.videottt.catalog.definition.SplitDefinition;
import io.videottt.catalog.file.FileProblem;
import io.videottt.catalog.file.Tally;
import io.videottt.catalog.file.TruthWarning;
import io.videottt.catalog.image.TestImages;
import io.videottt.catalog.video.GroundTruth;
import io.videottt.metrics.InstanceTruth;
import io.videottt.metrics.PanopticMap;
import io.videottt.metrics.PanopticSegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntBinaryOperator;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One frame of KITTI-STEP, a pixel a column: red is the class, 256 green + blue the instance. */
class KittiStepTest {

  private static final int ROAD = 0;
  private static final int PERSON = 11;
  private static final int CAR = 13;
  private static final int TRUCK = 14;
  private static final int VOID = 255;

  private final Configuration hadoop = new Configuration();

  @TempDir private Path root;

  @BeforeEach
  void writeFrame() {
    TestImages.writeColour(root.resolve("images/val/0002/000000.png"), 8, 1);
    write(
        step(ROAD, 0),
        step(ROAD, 3),
        step(CAR, 1),
        step(CAR, 700),
        step(PERSON, 1),
        step(CAR, 0),
        step(TRUCK, 0),
        step(VOID, 5));
  }

  @Test
  void stuffIsOneSegmentAClassAndThingsWithoutNumberAreCrowds() {
    GroundTruth truth = read(Task.segmentation());
    PanopticMap map = truth.panoptic().orElseThrow();
    int[] ids = map.ids();
    assertThat(ids[0]).isEqualTo(ids[1]).isNotZero();
    assertThat(ids[7]).isEqualTo(PanopticMap.VOID);
    assertThat(map.segments())
        .containsExactlyInAnyOrder(
            new PanopticSegment(ids[0], ROAD, false, 0),
            new PanopticSegment(ids[2], CAR, false, 0),
            new PanopticSegment(ids[3], CAR, false, 0),
            new PanopticSegment(ids[4], PERSON, false, 0),
            new PanopticSegment(ids[5], CAR, true, 0),
            new PanopticSegment(ids[6], TRUCK, false, 0));
    assertThat(map.segments()).extracting(PanopticSegment::id).doesNotHaveDuplicates();
    assertThat(truth.labels().orElseThrow().labels())
        .containsExactly(ROAD, ROAD, CAR, CAR, PERSON, CAR, TRUCK, VOID);
  }

  @Test
  void personsAndCarsAreObjects() {
    List<InstanceTruth> objects = read(Set.of(Task.INSTANCE)).instances().orElseThrow();
    assertThat(objects).hasSize(4).allMatch(object -> object.mask().area() == 1);
    assertThat(objects)
        .extracting(InstanceTruth::classId)
        .containsExactlyInAnyOrder(CAR, CAR, CAR, PERSON);
    assertThat(objects).filteredOn(InstanceTruth::crowd).hasSize(1);
  }

  @Test
  void semanticTruthIsTheSameAloneAndWithTheOthers() {
    assertThat(read(Set.of(Task.SEMANTIC)).labels().orElseThrow().labels())
        .isEqualTo(read(Task.segmentation()).labels().orElseThrow().labels());
  }

  @Test
  void anUnknownClassIsNamedWithItsPlace() {
    int[] values = new int[8];
    values[6] = step(42, 1);
    write(values);
    assertThatThrownBy(() -> read(Set.of(Task.PANOPTIC)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("000000.png: label id 42 at row 0, column 6 is none of the 19");
  }

  @Test
  void theGrayImageOfThePapersCodeGoesBeforeTheMapForSemanticSegmentation() {
    writeGray((x, y) -> x == 7 ? VOID : x);
    byte[] gray = {0, 1, 2, 3, 4, 5, 6, (byte) VOID};
    assertThat(read(Set.of(Task.SEMANTIC)).labels().orElseThrow().labels()).isEqualTo(gray);
    GroundTruth all = read(Task.segmentation());
    assertThat(all.labels().orElseThrow().labels()).isEqualTo(gray);
    assertThat(all.instances().orElseThrow()).hasSize(4);
    assertThat(all.panoptic().orElseThrow().segments()).hasSize(6);
    assertThat(read(Set.of(Task.PANOPTIC)).panoptic().orElseThrow().segments()).hasSize(6);
  }

  @Test
  void withGrayImagesSemanticSegmentationNeedsNoMaps() throws Exception {
    writeGray((x, y) -> 1);
    Files.delete(root.resolve("panoptic_maps/val/0002/000000.png"));
    assertThat(read(Set.of(Task.SEMANTIC)).labels().orElseThrow().labels()).containsOnly(1);
    assertThatThrownBy(() -> read(Task.segmentation()))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("0002/000000.png: the file is missing");
    CatalogCheck.Split found = check();
    assertThat(found.problems()).containsOnlyKeys(FileProblem.Kind.MISSING);
    assertThat(found.pixels()[1]).isEqualTo(8);
  }

  @Test
  void theCheckCountsPixelsInWhichGrayImageAndMapDiffer() {
    writeGray((x, y) -> new int[] {ROAD, ROAD, CAR, CAR, PERSON, CAR, ROAD, ROAD}[x]);
    CatalogCheck.Split found = check();
    assertThat(found.problems()).isEmpty();
    Tally.Found different = found.warnings().get(TruthWarning.OTHER_CLASSES);
    assertThat(different.count()).isEqualTo(2);
    assertThat(different.examples())
        .singleElement()
        .asString()
        .contains("000000_sem.png: 2 pixels are of another class in ", "row 0, column 6");
    assertThat(found.pixels()[ROAD]).isEqualTo(4);
  }

  @Test
  void theSizeInTheJsonFileBesideAGrayImageMustBeItsSize() {
    writeGray((x, y) -> 1);
    writeSize("{\"imgHeight\": 1, \"imgWidth\": 8, \"objects\": [{\"label\": \"car\"}]}");
    assertThat(read(Set.of(Task.SEMANTIC)).labels()).isPresent();
    writeSize("{\"imgHeight\": 1, \"imgWidth\": 9}");
    assertThatThrownBy(() -> read(Set.of(Task.SEMANTIC)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("000000_sem.png: 8 x 1 pixels, but ")
        .hasMessageEndingWith("000000.json says 9 x 1 (width x height)");
    assertThat(check().problems()).containsOnlyKeys(FileProblem.Kind.WRONG_SIZE);
    writeSize("{\"imgHeight\": 1}");
    assertThatThrownBy(() -> read(Set.of(Task.SEMANTIC)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageEndingWith(
            "000000.json: has no imgWidth; write the frame's height and width, or remove the file");
    writeSize("{");
    assertThat(check().problems()).containsOnlyKeys(FileProblem.Kind.UNREADABLE);
  }

  @Test
  void anUnknownClassInAGrayImageIsNamedWithItsPlace() {
    writeGray((x, y) -> x == 3 ? 42 : 0);
    assertThatThrownBy(() -> read(Set.of(Task.SEMANTIC)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("000000_sem.png: label id 42 at row 0, column 3 is none of the 19");
  }

  private void writeGray(IntBinaryOperator id) {
    TestImages.writeGray(root.resolve("panoptic_maps/val/0002/000000_sem.png"), 8, 1, id);
  }

  private void writeSize(String json) {
    TestImages.write(
        root.resolve("panoptic_maps/val/0002/000000.json"), json.getBytes(StandardCharsets.UTF_8));
  }

  /** Of the one video that there is. */
  private CatalogCheck.Split check() {
    DataSetDefinition kitti = Catalog.builtIn().definition("kitti-step").withRoot(root.toString());
    SplitDefinition split =
        new SplitDefinition("val", List.of("0002"), "", 0, 0, LabelPolicy.REQUIRED, null);
    DataSetDefinition one =
        new DataSetDefinition(
            kitti.name(),
            null,
            kitti.root(),
            kitti.layout(),
            10,
            kitti.classes(),
            null,
            Map.of("val", split),
            true);
    return DataSet.of(one, hadoop).check(List.of("val")).splits().get(0);
  }

  private GroundTruth read(Set<Task> tasks) {
    return Catalog.builtIn()
        .open("kitti-step", Optional.of(root.toString()), hadoop)
        .video("val", "0002", tasks)
        .read(0)
        .truth();
  }

  private void write(int... pixels) {
    TestImages.write(
        root.resolve("panoptic_maps/val/0002/000000.png"),
        TestImages.bytes(TestImages.colour(pixels.length, 1, (x, y) -> pixels[x]), "png"));
  }

  private static int step(int classId, int instance) {
    return classId << 16 | instance;
  }
}
