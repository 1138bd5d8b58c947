package io.videottt.catalog.scenes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.videottt.base.InvalidInputException;
import io.videottt.base.Task;
import io.videottt.catalog.Catalog;
import io.videottt.catalog.DataSet;
import io.videottt.catalog.Digests;
import io.videottt.catalog.definition.ClassDefinition;
import io.videottt.catalog.definition.DataSetDefinition;
import io.videottt.catalog.definition.SplitDefinition;
import io.videottt.catalog.image.RgbImage;
import io.videottt.catalog.video.Frame;
import io.videottt.catalog.video.FrameStream;
import io.videottt.catalog.video.GroundTruth;
import io.videottt.catalog.video.Video;
import io.videottt.metrics.InstanceTruth;
import io.videottt.metrics.PanopticMap;
import io.videottt.metrics.PanopticSegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;

class EmbeddedDataSetTest {

  private final DataSet embedded =
      Catalog.builtIn().open("embedded", Optional.empty(), new Configuration(false));

  @Test
  void framesAreTheSameOnEveryMachine() {
    // The shipped weights were trained on these pixels: a change here needs new weights.
    List<String> digests =
        List.of(
            Digests.of(frame("train", 0, 0)),
            Digests.of(frame("train", 0, 511)),
            Digests.of(frame("val-clear", 0, 7)),
            Digests.of(frame("val", 1, 39)),
            Digests.of(frame("test", 0, 39)),
            Digests.of(frame("test", 2, 20)));
    assertThat(digests)
        .containsExactly(
            "dd708ae193a66f04",
            "372fe48c57151368",
            "0a1a0501fb272d7a",
            "6c32d16a40aea22c",
            "5eb8a1d06cab7948",
            "d2663a9dbc997e34");
  }

  @Test
  void splitsHaveTheirVideos() {
    assertThat(embedded.splits())
        .containsExactly(
            "train",
            "val-clear",
            "val",
            "test",
            "val-shifts",
            "val-no-shift",
            "test-shifts",
            "test-no-shift",
            "test-constant-shifts",
            "test-changing-shifts",
            "soak");
    assertThat(embedded.videos("train")).singleElement().matches(v -> v.frameCount() == 512);
    assertThat(embedded.videos("val-clear")).singleElement().matches(v -> v.frameCount() == 96);
    assertThat(embedded.videos("val")).hasSize(3).allMatch(v -> v.frameCount() == 40);
    assertThat(embedded.videos("soak")).singleElement().matches(v -> v.frameCount() == 2000);
    assertThat(embedded.videos("test")).hasSize(4).allMatch(v -> v.framesPerSecond() == 10);
  }

  @Test
  void aFrameIsTheSameHoweverOftenAndInWhichOrderItIsRead() {
    Video video = embedded.videos("test").get(3);
    String last = Digests.of(video.read(39));
    video.read(3);
    assertThat(Digests.of(video.read(39))).isEqualTo(last);
    List<String> streamed = new ArrayList<>();
    try (FrameStream stream = embedded.videos("test").get(3).stream()) {
      stream.forEachRemaining(frame -> streamed.add(Digests.of(frame)));
    }
    assertThat(streamed).hasSize(40).endsWith(last);
  }

  @Test
  void fourteenClassesOccurInTrainingAndTestFrames() {
    for (String split : List.of("train", "test")) {
      TreeSet<Integer> seen = new TreeSet<>();
      Video video = embedded.videos(split).get(0);
      for (int i = 0; i < 40; i++) {
        for (byte label : video.read(i).labels().orElseThrow().labels()) {
          seen.add((int) label);
        }
      }
      assertThat(seen)
          .contains(0, 1, 2, 5, 6, 7, 8, 9, 10, 11, 12, 13, 18)
          .isSubsetOf(0, 1, 2, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 18);
    }
  }

  @Test
  void duskVideoGetsDarker() {
    Video dusk = embedded.video("test", "test-dusk");
    double first = brightness(dusk.read(0).image());
    double middle = brightness(dusk.read(20).image());
    double last = brightness(dusk.read(39).image());
    assertThat(middle).isLessThan(0.85 * first);
    assertThat(last).isLessThan(0.7 * middle);
  }

  @Test
  void castVideoEndsAsItBegan() {
    Video cast = embedded.video("test", "test-cast");
    double first = brightness(cast.read(0).image());
    assertThat(brightness(cast.read(39).image())).isBetween(0.8 * first, 1.2 * first);
  }

  @Test
  void onlyThingsHaveInstances() {
    GeneratedVideo video = (GeneratedVideo) embedded.videos("train").get(0);
    SceneImage scene = video.scene(4);
    List<ClassDefinition> classes = embedded.definition().classes();
    for (int i = 0; i < scene.labels().length; i++) {
      assertThat(scene.instances()[i] != 0).isEqualTo(classes.get(scene.labels()[i]).thing());
    }
  }

  @Test
  void threeTasksTellTheSameStory() {
    List<ClassDefinition> classes = embedded.definition().classes();
    GroundTruth truth = embedded.videos("train", Task.segmentation()).get(0).read(4).truth();
    byte[] labels = truth.labels().orElseThrow().labels();
    PanopticMap map = truth.panoptic().orElseThrow();
    Map<Integer, Integer> classOfSegment = new TreeMap<>();
    map.segments().forEach(segment -> classOfSegment.put(segment.id(), segment.classId()));

    for (int pixel = 0; pixel < labels.length; pixel++) {
      assertThat(classOfSegment.get(map.ids()[pixel])).isEqualTo(labels[pixel] & 0xff);
    }
    assertThat(map.segments().stream().filter(s -> !classes.get(s.classId()).thing()))
        .extracting(PanopticSegment::classId)
        .doesNotHaveDuplicates();
    List<InstanceTruth> objects = truth.instances().orElseThrow();
    assertThat(objects).hasSizeGreaterThan(3).allMatch(o -> classes.get(o.classId()).thing());
    assertThat(objects.stream().mapToLong(object -> object.mask().area()).sum())
        .isEqualTo(things(labels, classes));
    assertThat(map.segments().stream().filter(s -> classes.get(s.classId()).thing()))
        .hasSameSizeAs(objects);
    assertThat(map.segments().stream().filter(s -> !classes.get(s.classId()).thing()))
        .extracting(PanopticSegment::classId)
        .containsExactlyInAnyOrderElementsOf(truth.stuff());
  }

  private static long things(byte[] labels, List<ClassDefinition> classes) {
    long pixels = 0;
    for (byte label : labels) {
      pixels += classes.get(label & 0xff).thing() ? 1 : 0;
    }
    return pixels;
  }

  @Test
  void framesCarryWhatTheVideoWasOpenedForAlone() {
    GroundTruth truth = embedded.videos("test", Set.of(Task.PANOPTIC)).get(0).read(0).truth();
    assertThat(truth.has(Task.PANOPTIC)).isTrue();
    assertThat(truth.has(Task.SEMANTIC)).isFalse();
    assertThat(truth.has(Task.INSTANCE)).isFalse();
  }

  @Test
  void unknownGeneratedVideoIsRefusedWithTheKnownOnes() {
    DataSetDefinition definition = embedded.definition();
    SplitDefinition split = new SplitDefinition("", List.of("no-such"), "", 0, 0, null, null);
    DataSetDefinition changed =
        new DataSetDefinition(
            "mine",
            null,
            "",
            definition.layout(),
            10,
            definition.classes(),
            null,
            Map.of("train", split),
            false);
    DataSet mine = DataSet.of(changed, new Configuration(false));
    assertThatThrownBy(() -> mine.videos("train"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("no-such")
        .hasMessageContaining("train-stills");
  }

  private Frame frame(String split, int video, int index) {
    return embedded.videos(split).get(video).read(index);
  }

  private static double brightness(RgbImage image) {
    long sum = 0;
    for (byte value : image.pixels()) {
      sum += value & 0xff;
    }
    return (double) sum / image.pixels().length;
  }
}
