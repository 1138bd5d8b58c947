package io.videottt.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.videottt.metrics.InstanceTruth;
import io.videottt.metrics.InvalidInputException;
import io.videottt.metrics.PanopticMap;
import io.videottt.metrics.PanopticSegment;
import io.videottt.metrics.Task;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
    GroundTruth truth = read(EnumSet.allOf(Task.class));
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
    assertThat(objects).filteredOn(InstanceTruth::crowd).singleElement();
  }

  @Test
  void semanticTruthIsTheSameAloneAndWithTheOthers() {
    assertThat(read(Set.of(Task.SEMANTIC)).labels().orElseThrow().labels())
        .isEqualTo(read(EnumSet.allOf(Task.class)).labels().orElseThrow().labels());
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
  void theGrayImagesOfThePapersCodeAreReadAsLabelMaps() {
    TestImages.writeGray(
        root.resolve("panoptic_maps/val/0002/000000_sem.png"), 8, 1, (x, y) -> x == 7 ? 255 : x);
    DataSetDefinition kitti = Catalog.builtIn().definition("kitti-step");
    DataSetDefinition released =
        new DataSetDefinition(
            "kitti-step",
            null,
            root.toString(),
            new Layout.LabelMaps(null, ".png", "panoptic_maps", "_sem.png", null),
            10,
            kitti.classes(),
            null,
            Map.of("val", kitti.split("val")),
            true);
    Frame frame = DataSet.of(released, hadoop).video("val", "0002").read(0);
    assertThat(frame.labels().orElseThrow().labels()).containsExactly(0, 1, 2, 3, 4, 5, 6, 255);
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
