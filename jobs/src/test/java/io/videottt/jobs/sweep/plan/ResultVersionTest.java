package io.videottt.jobs.sweep.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.videottt.catalog.Catalog;
import io.videottt.catalog.definition.Layout;
import io.videottt.jobs.StreetImages;
import io.videottt.jobs.TinySweep;
import io.videottt.jobs.sweep.config.SweepRequest;
import io.videottt.model.tensor.Precision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultVersionTest {

  @TempDir private static Path folder;
  private static TinySweep tiny;

  @BeforeAll
  static void write() throws IOException {
    tiny = TinySweep.create(folder, 1);
  }

  private static List<Unit> planned(String dataset, String methods) throws IOException {
    // Of the data set's classes.
    Path demo = Path.of(StreetImages.MODEL).toAbsolutePath().normalize();
    return planned(dataset, dataset.equals("embedded") ? demo.toString() : "joint", methods);
  }

  private static List<Unit> planned(String dataset, String joint, String methods)
      throws IOException {
    Path config = tiny.config(methods);
    String sweep = Files.readString(config);
    Files.writeString(
        config,
        sweep
            .replaceFirst("name: tiny", "name: " + dataset)
            .replaceFirst("joint: joint", "joint: " + joint));
    SweepRequest request =
        new SweepRequest(config, Optional.of(folder.resolve("catalog").toString()), Map.of());
    return new SweepPlanner(request, new Configuration()).plan().units();
  }

  @Test
  void computedVideosKeepTheirVersionAndPictureFilesHaveTheNext() {
    for (String name : Catalog.builtIn().names()) {
      Layout layout = Catalog.builtIn().definition(name).layout();
      assertThat(ResultVersion.of(layout)).as(name).isEqualTo(name.equals("embedded") ? 1 : 2);
    }
  }

  @Test
  void unitsOverComputedVideosAreOfVersionOne() throws IOException {
    assertThat(planned("embedded", "methods: [{method: mae-joint-training, preset: small}]\n"))
        .isNotEmpty()
        .allMatch(unit -> unit.adaptation().resultVersion() == 1)
        .allMatch(unit -> unit.canonical().contains("\"resultVersion\":1"));
  }

  @Test
  void whatIsTrainedInSinglePrecisionIsOfAVersionOfItsOwn() throws IOException {
    String methods =
        """
        methods:
          - {method: mae-joint-training, preset: small}
          - {method: tent, preset: small}
          - {method: online-ttt-mae, preset: small}
          - {method: online-ttt-mae, variant: half, preset: small, settings: {precision: bf16}}
          - {method: offline-ttt-mae-all-frames, preset: small}
        """;
    for (Map.Entry<String, Integer> dataset : Map.of("embedded", 1, "tiny", 2).entrySet()) {
      int fixed = dataset.getValue();
      assertThat(planned(dataset.getKey(), methods))
          .hasSizeGreaterThan(4)
          .allSatisfy(
              unit ->
                  assertThat(unit.adaptation().resultVersion())
                      .as(unit.toString())
                      .isEqualTo(
                          unit.method().trains() && unit.variant().isEmpty() ? fixed + 2 : fixed));
    }
  }

  @Test
  void computedVideosThatTheNetworkPadsAreOfVersionTwo() throws IOException {
    List<Unit> units =
        planned(
            "embedded",
            Path.of("../conf/models/demo-mask2former/joint").toAbsolutePath().toString(),
            """
methods:
  - {method: mae-joint-training, variant: own, preset: small}
  - {method: online-ttt-mae, variant: own, preset: small}
  - {method: online-ttt-mae, variant: divided, preset: small, settings: {height: 64, width: 96}}
  - {method: mae-joint-training, variant: padded, preset: small, settings: {height: 60, width: 96}}
  - {method: online-ttt-mae, variant: padded-frames, preset: released-kitti-step}
  - {method: mae-joint-training, variant: divided, preset: small, settings: {cropHeight: 40, cropWidth: 40}}
  - {method: online-ttt-mae, variant: padded-samples, preset: small, settings: {cropHeight: 40, cropWidth: 40}}
""");
    assertThat(units)
        .extracting(Unit::variant)
        .contains("own", "divided", "padded", "padded-frames", "padded-samples");
    assertThat(units)
        .allSatisfy(
            unit ->
                assertThat(unit.adaptation().resultVersion())
                    .as(unit.variant())
                    .isEqualTo(
                        (unit.variant().startsWith("padded") ? 2 : 1)
                            + (unit.method().trains() && isSingle(unit) ? 2 : 0)));
  }

  /** The released presets train in half precision. */
  private static boolean isSingle(Unit unit) {
    return unit.settings().precision() == Precision.FP32;
  }

  @Test
  void unitsOverPictureFilesAreOfVersionTwo() throws IOException {
    assertThat(planned("tiny", "methods: [{method: mae-joint-training, preset: small}]\n"))
        .isNotEmpty()
        .allMatch(unit -> unit.adaptation().resultVersion() == 2)
        .allMatch(unit -> unit.canonical().contains("\"resultVersion\":2"))
        .allMatch(unit -> unit.description().contains("\"result_version\":2"));
  }

  @Test
  void trainingImagesFromPictureFilesCountForTheMethodsThatUseThem() throws IOException {
    List<Unit> units =
        planned(
            "embedded",
            """
            methods:
              - {method: mae-joint-training, preset: small}
              - {method: foreign-frames, preset: small}
            trainingImages: {dataset: tiny, split: train}
            """);
    assertThat(units)
        .isNotEmpty()
        .allMatch(
            unit ->
                unit.adaptation().resultVersion()
                    == (unit.method().needs().trainingImages() ? 2 : 1)
                        + (unit.method().trains() ? 2 : 0));
    assertThat(units).anyMatch(unit -> unit.method().needs().trainingImages());
  }
}
