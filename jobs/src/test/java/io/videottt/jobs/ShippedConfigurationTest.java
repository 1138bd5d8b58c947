package io.videottt.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import io.videottt.adaptation.settings.AdaptationSettings;
import io.videottt.adaptation.training.TrainingSettings;
import io.videottt.catalog.Catalog;
import io.videottt.catalog.definition.DataSetDefinition;
import io.videottt.io.config.ConfigurationFile;
import io.videottt.io.config.StrictYaml;
import io.videottt.jobs.grid.GridFile;
import io.videottt.jobs.sweep.config.Candidate;
import io.videottt.jobs.sweep.config.ChosenMethod;
import io.videottt.jobs.sweep.config.LayeredFile;
import io.videottt.jobs.sweep.config.SweepConfiguration;
import io.videottt.jobs.sweep.config.SweepConfiguration.TrainingImages;
import io.videottt.jobs.sweep.config.SweepRequest;
import io.videottt.jobs.sweep.config.SweepSource;
import io.videottt.jobs.sweep.plan.GridProvenance;
import io.videottt.jobs.sweep.plan.SweepPlan;
import io.videottt.jobs.sweep.plan.SweepPlanner;
import io.videottt.jobs.train.TrainingConfiguration;
import io.videottt.model.ModelConfiguration;
import io.videottt.model.ReconstructionTarget;
import io.videottt.model.folder.SegmentationModel;
import io.videottt.reports.EvaluationSet;
import io.videottt.reports.published.PaperColumn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class ShippedConfigurationTest {

  @TempDir private Path folder;

  static Stream<Path> sweeps() throws IOException {
    return files(Path.of("../conf/sweeps")).stream()
        .filter(file -> !file.getParent().endsWith("parts"));
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }

  static Stream<Path> trainings() throws IOException {
    return Files.list(Path.of("../conf/training")).filter(Files::isRegularFile);
  }

  @ParameterizedTest
  @MethodSource("sweeps")
  void everySweepFileIsValid(Path file) {
    for (SweepSource part : SweepSource.read(file)) {
      SweepConfiguration sweep = part.configuration();
      for (SweepConfiguration.DataSetChoice choice : sweep.datasets()) {
        assertThat(Catalog.builtIn().definition(choice.name()).splits())
            .containsKeys(choice.splits().toArray(String[]::new));
        assertThat(Catalog.builtIn().definition(choice.name()).tasks()).containsAll(sweep.tasks());
      }
      TrainingImages images = sweep.trainingImages();
      if (images != null) {
        Catalog.builtIn().definition(images.dataset()).split(images.split());
      }
    }
  }

  @Test
  void thePapersDataSetsAreRunAsTheReleasedCodeRunsThem() {
    for (String file : List.of("kitti-step", "coco-videos", "table1", "table4", "figure4")) {
      for (SweepSource part : SweepSource.read(Path.of("../conf/sweeps/" + file + ".yaml"))) {
        SweepConfiguration sweep = part.configuration();
        String dataset = sweep.datasets().get(0).name();
        assertThat(sweep.preset()).isEqualTo("released-" + dataset);
        for (SweepConfiguration.MethodChoice choice : sweep.methods()) {
          AdaptationSettings settings = ChosenMethod.of(choice, sweep, part.source()).settings();
          assertThat(settings.flip()).isEqualTo(dataset.equals("coco-videos"));
          assertThat(settings.dropPath()).isTrue();
        }
      }
    }
    assertThat(GridFile.read(Path.of("../conf/grids/kitti-step-val.yaml")).base().preset())
        .isEqualTo("released-kitti-step");
  }

  @Test
  void everySweepFilePlansOnOtherData() throws IOException {
    TinySweep tiny = TinySweep.create(folder, 1);
    tiny.addStandardisedDecoder();
    for (Path file : sweeps().toList()) {
      Path other =
          tiny.config(
              """
              extends: %s
              tasks: [semantic]
              trainingImages: {dataset: tiny, split: train}
              """
                  .formatted(file.toAbsolutePath()));
      SweepRequest request =
          new SweepRequest(other, Optional.of(folder.resolve("catalog").toString()), Map.of());

      SweepPlan plan = new SweepPlanner(request, new Configuration()).plan();

      assertThat(plan.labels())
          .as(file.toString())
          .hasSizeGreaterThanOrEqualTo(plan.units().size());
      assertThat(plan.units()).isNotEmpty();
    }
  }

  static List<Path> grids() throws IOException {
    return files(Path.of("../conf/grids"));
  }

  @ParameterizedTest
  @MethodSource("grids")
  void everyGridFileIsValid(Path file) {
    GridFile grid = GridFile.read(file);

    SweepConfiguration.DataSetChoice choice = grid.base().datasets().get(0);
    assertThat(Catalog.builtIn().definition(choice.name()).splits())
        .containsKeys(choice.splits().toArray(String[]::new));
    assertThat(grid.settings()).hasSizeGreaterThanOrEqualTo(3);
    // A setting is chosen where it is not reported.
    assertThat(choice.splits()).singleElement().isIn("val", "val-shifts");
  }

  static List<Path> chosen() throws IOException {
    return files(Path.of("../conf/chosen"));
  }

  @ParameterizedTest
  @MethodSource("chosen")
  void whatAFileSaysThatAGridChoseIsWhatTheGridTriesWithTheShippedWeights(Path file) {
    GridProvenance provenance = GridProvenance.of(keys(file).provenance()).orElseThrow();
    GridFile grid = GridFile.read(Path.of("..", provenance.grid()));
    SweepConfiguration.DataSetChoice data = grid.base().datasets().get(0);
    assertThat(provenance.on()).isEqualTo(data.name() + " " + data.splits().get(0));
    assertThat(provenance.tried()).isEqualTo(grid.settings().size());
    assertThat(provenance.chosen().keySet())
        .containsExactlyElementsOf(
            grid.base().methods().stream().map(SweepConfiguration.MethodChoice::method).toList());
    GridProvenance.Chosen first = provenance.chosen().values().iterator().next();
    assertThat(grid.settings()).extracting(Candidate::label).contains(first.label());
    assertThat(keys(file).settings()).isEqualTo(first.settings());
    org.apache.hadoop.fs.Path weights =
        new org.apache.hadoop.fs.Path(grid.base().models().get(0).joint());
    if (!weights.toString().contains("/models/")) {
      // A model that the reader trains.
      return;
    }
    // The fixed model's, and those with the decoder of the grid's target.
    Set<String> shipped = new TreeSet<>();
    try (SegmentationModel fixed =
            SegmentationModel.load(weights, new Configuration(), Device.cpu());
        SegmentationModel adapted =
            SegmentationModel.load(weights, new Configuration(), Device.cpu(), target(grid))) {
      shipped.add(fixed.fingerprint());
      shipped.add(adapted.fingerprint());
    }
    assertThat(provenance.weights()).containsExactlyInAnyOrderElementsOf(shipped);
  }

  private static ReconstructionTarget target(GridFile grid) {
    SweepConfiguration.MethodChoice choice = grid.base().methods().get(0);
    return ChosenMethod.of(choice, grid.base(), "grid").settings().reconstructionTarget();
  }

  /** The keys of a file of chosen settings. */
  record ChosenKeys(Map<String, Object> provenance, Map<String, Object> settings) {}

  private static ChosenKeys keys(Path file) {
    LayeredFile.Layer layer = LayeredFile.read(file, SweepSource.KEYS).get(0);
    return StrictYaml.convert(layer.keys(), layer.source(), ChosenKeys.class);
  }

  @Test
  void tablesOfTheEmbeddedVideosUseRateAndWindowThatTheGridsRankedFirst() {
    Map<String, String> used = new TreeMap<>();
    for (String file : List.of("table1", "table4", "protocols", "shuffle")) {
      for (SweepSource part :
          SweepSource.read(Path.of("../conf/sweeps/embedded/" + file + ".yaml"))) {
        SweepConfiguration sweep = part.configuration();
        assertThat(GridProvenance.of(sweep.provenance())).isPresent();
        for (SweepConfiguration.MethodChoice choice : sweep.methods()) {
          AdaptationSettings settings = ChosenMethod.of(choice, sweep, part.source()).settings();
          if (choice.method().equals("online-ttt-mae")) {
            used.put(
                sweep.models().get(0).label(),
                "%s %s".formatted(settings.learningRate(), settings.window()));
          }
        }
      }
    }
    assertThat(used)
        .containsEntry("feature-pyramid", "3.0E-4 4")
        .containsEntry("mask2former", "1.0E-4 16")
        .hasSize(2);
  }

  @Test
  void whatIsClaimedToGainOnTheEmbeddedVideosHasThreeSeeds() {
    for (String file : List.of("table1", "table4", "figure4", "shuffle", "study-short")) {
      for (SweepSource part :
          SweepSource.read(Path.of("../conf/sweeps/embedded/" + file + ".yaml"))) {
        assertThat(part.configuration().seeds()).as(file).containsExactly(0L, 1L, 2L);
      }
    }
  }

  @Test
  void theDemoShowsAShiftedAndAClearDrive() {
    SweepSource demo = SweepSource.read(Path.of("../conf/sweeps/demo.yaml")).get(0);
    assertThat(demo.configuration().datasets())
        .flatExtracting(SweepConfiguration.DataSetChoice::splits)
        .containsExactly("test-shifts", "test-no-shift");
  }

  @Test
  void everyPartIsInASweep() throws IOException {
    List<String> texts = new ArrayList<>();
    for (Path file : sweeps().toList()) {
      texts.add(Files.readString(file));
    }
    for (Path part : files(Path.of("../conf/sweeps/parts"))) {
      assertThat(texts)
          .as(part.toString())
          .anyMatch(t -> t.contains("parts/" + part.getFileName()));
    }
  }

  @Test
  void theWindowOfTable1IsRunOnceForFigure4() throws IOException {
    for (String folderOfSweeps : List.of("", "embedded/", "camvid/")) {
      Map<String, SweepConfiguration.MethodChoice> choices = new HashMap<>();
      for (SweepSource part :
          SweepSource.read(Path.of("../conf/sweeps/" + folderOfSweeps + "figure4.yaml"))) {
        part.configuration().methods().forEach(choice -> choices.put(choice.variant(), choice));
        String preset = part.configuration().preset();
        assertThat(choices.get("window-16").settings())
            .containsEntry("window", AdaptationSettings.preset(preset, "test").window());
      }
      assertThat(choices).containsKeys("window-1", "window-2", "window-inf");
    }
  }

  @ParameterizedTest
  @MethodSource("trainings")
  void everyTrainingFileIsValid(Path file) {
    ConfigurationFile source = new ConfigurationFile(file);
    TrainingConfiguration training = source.read(TrainingConfiguration.class);
    TrainingSettings.defaults().with(training.settings(), file.toString());
    Catalog.builtIn().definition(training.training().dataset()).split(training.training().split());
    if (training.architecture() != null) {
      ModelConfiguration.parse(source.readText(training.architecture()), training.architecture());
    }
  }

  @ParameterizedTest
  @EnumSource(PaperColumn.class)
  void thePapersColumnsAreMeasuredOnDataSetsOfTheCatalogue(PaperColumn column) {
    EvaluationSet set = column.set();
    DataSetDefinition definition = Catalog.builtIn().definition(set.dataset());
    assertThat(definition.splits()).containsKey(set.split());
    assertThat(definition.layout().tasks()).contains(set.task());
  }
}
