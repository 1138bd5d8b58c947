package io.videottt.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.videottt.adaptation.AdaptationSettings;
import io.videottt.adaptation.Method;
import io.videottt.adaptation.TrainingSettings;
import io.videottt.catalog.Catalog;
import io.videottt.catalog.DataSetDefinition;
import io.videottt.model.ModelConfiguration;
import io.videottt.reports.EvaluationSet;
import io.videottt.reports.PaperColumn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class ShippedConfigurationTest {

  static Stream<Path> sweeps() throws IOException {
    return Files.list(Path.of("../conf/sweeps"));
  }

  static Stream<Path> trainings() throws IOException {
    return Files.list(Path.of("../conf/training")).filter(Files::isRegularFile);
  }

  @ParameterizedTest
  @MethodSource("sweeps")
  void everySweepFileIsValid(Path file) {
    SweepConfiguration sweep = new ConfigurationFile(file).read(SweepConfiguration.class);
    for (SweepConfiguration.DataSetChoice choice : sweep.datasets()) {
      assertThat(Catalog.builtIn().definition(choice.name()).splits())
          .containsKeys(choice.splits().toArray(String[]::new));
      assertThat(Catalog.builtIn().definition(choice.name()).layout().tasks())
          .containsAll(sweep.tasks());
    }
    for (SweepConfiguration.MethodChoice choice : sweep.methods()) {
      Method.parse(choice.method(), file.toString());
      AdaptationSettings.preset(choice.preset(), file.toString())
          .with(choice.settings(), file.toString());
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
