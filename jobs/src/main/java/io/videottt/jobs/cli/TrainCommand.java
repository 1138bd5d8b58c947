package io.videottt.jobs.cli;

import io.videottt.adaptation.training.JointTrainer;
import io.videottt.adaptation.training.TrainingResult;
import io.videottt.adaptation.training.TrainingSettings;
import io.videottt.adaptation.training.TrainingStart;
import io.videottt.adaptation.training.Validation;
import io.videottt.base.Count;
import io.videottt.base.InvalidInputException;
import io.videottt.base.Printable;
import io.videottt.base.Task;
import io.videottt.catalog.Catalog;
import io.videottt.catalog.DataSet;
import io.videottt.catalog.SplitVideos;
import io.videottt.catalog.definition.ClassDefinition;
import io.videottt.catalog.definition.DataSetDefinition;
import io.videottt.catalog.video.Video;
import io.videottt.io.config.ConfigurationFile;
import io.videottt.io.storage.OutputPlace;
import io.videottt.jobs.runtime.DeviceChoice;
import io.videottt.jobs.runtime.HadoopSettings;
import io.videottt.jobs.runtime.InterruptOnShutdown;
import io.videottt.jobs.runtime.ProgressLine;
import io.videottt.jobs.sweep.plan.ClassLists;
import io.videottt.jobs.sweep.plan.DataFindings;
import io.videottt.jobs.sweep.plan.ModelInfo;
import io.videottt.jobs.train.TrainingConfiguration;
import io.videottt.jobs.train.TrainingOverrides;
import io.videottt.jobs.train.TrainingProgress;
import io.videottt.model.ModelConfiguration;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Joint training on stills, in this process. */
@Command(
    name = "train",
    description = {
      "Joint training (paper, Section 3.1): main task only, then both tasks; or a reconstruction "
          + "decoder alone, for example one for another target.",
      "Writes a model folder for each phase that there is: OUTPUT/main-task-only, OUTPUT/joint, "
          + "OUTPUT/reconstruction. Started again with the same output it goes on from its last "
          + "checkpoint."
    },
    footer = {
      "",
      "Example:",
      "  ./ttt train --config conf/training/demo.yaml --output runs/demo-model",
      "  ./ttt train --config my-training.yaml --catalog my-catalog \\",
      "      --root my-streets=/data/my-streets --output runs/my-model"
    })
public final class TrainCommand implements Callable<Integer> {

  /** Names of videos that a message lists. */
  private static final int SHOWN = 5;

  @SuppressWarnings("unused")
  @Mixin
  private CommonOptions common;

  @Mixin private DeviceOption device;
  @Mixin private DataSetOptions data;
  @Spec private CommandSpec spec;

  @Option(
      names = "--config",
      required = true,
      paramLabel = "FILE",
      description = "Training file, see conf/training/.")
  private Path config;

  @Option(
      names = "--output",
      required = true,
      paramLabel = "DIR",
      description = "Output folder, any Hadoop path.")
  private String output;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Seed of weights and draws, in place of the file's.")
  private Long seed;

  @Option(
      names = "--model",
      paramLabel = "joint=DIR",
      description = "Model folder to start from, in place of the file's architecture or startFrom.")
  private String model;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description =
          "Setting over those of the file; may be repeated. A key within another is written "
              + "with a dot.")
  private Map<String, String> set = new LinkedHashMap<>();

  @Override
  @SuppressWarnings("try") // the shutdown hook is only there to be closed
  public Integer call() throws InterruptedException {
    DeviceChoice.check(device.device());
    ConfigurationFile file = new ConfigurationFile(config);
    TrainingOverrides overrides = TrainingOverrides.parse(Optional.ofNullable(model), set);
    TrainingConfiguration configuration = overrides.over(file.read(TrainingConfiguration.class));
    TrainingSettings settings =
        TrainingSettings.defaults()
            .with(configuration.settings(), config + ": settings")
            .with(overrides.settings(), "--set");
    if (seed != null) {
      settings = settings.with(Map.of("seed", seed), "--seed");
    }
    Configuration hadoop = HadoopSettings.standard();
    OutputPlace.requireFolder(output, "--output", hadoop);
    Catalog catalog = data.catalog();
    TrainingStart start = start(file, configuration);
    requireClasses(catalog, configuration, start, settings.task());
    List<String> used =
        List.of(configuration.training().dataset(), configuration.validation().dataset());
    List<Video> training =
        videos(
            open(catalog, file, configuration.training(), used, hadoop),
            configuration.training(),
            "training",
            settings.task());
    List<Video> validation =
        videos(
            open(catalog, file, configuration.validation(), used, hadoop),
            configuration.validation(),
            "validation",
            settings.task());
    overrides.lines().forEach(spec.commandLine().getErr()::println);
    ProgressLine line = ProgressLine.on(spec.commandLine().getErr());
    JointTrainer trainer =
        new JointTrainer(
            settings,
            start,
            catalog.definition(configuration.training().dataset()).classes(),
            training,
            validation,
            new org.apache.hadoop.fs.Path(output),
            hadoop,
            DeviceChoice.resolve(device.device()),
            new TrainingProgress(line, spec.commandLine().getErr()));
    try (InterruptOnShutdown ignored = InterruptOnShutdown.ofThisThread()) {
      TrainingResult result = trainer.train();
      line.end();
      print(result, settings);
    } finally {
      line.end();
    }
    return 0;
  }

  private static TrainingStart start(ConfigurationFile file, TrainingConfiguration configuration) {
    if (configuration.startFrom() != null) {
      return new TrainingStart.FromModel(
          new org.apache.hadoop.fs.Path(file.resolve(configuration.startFrom())));
    }
    return new TrainingStart.FromScratch(
        ModelConfiguration.parse(
            file.readText(configuration.architecture()),
            file.resolve(configuration.architecture())));
  }

  /** Refuses data sets of other classes than the network's before any picture is read. */
  private void requireClasses(
      Catalog catalog, TrainingConfiguration configuration, TrainingStart start, Task task) {
    DataSetDefinition training = catalog.definition(configuration.training().dataset());
    DataSetDefinition validation = catalog.definition(configuration.validation().dataset());
    if (!task.seesGray() && !names(training).equals(names(validation))) {
      throw new InvalidInputException(
          "%s: data sets %s and %s have other classes (%d and %d); train and validate on the same"
              .formatted(
                  config,
                  training.name(),
                  validation.name(),
                  training.classCount(),
                  validation.classCount()));
    }
    if (start instanceof TrainingStart.FromScratch scratch
        && scratch.configuration().tasks().contains(task)) {
      new ClassLists(
              new ModelInfo("", scratch.configuration()), configuration.architecture(), training)
          .requireSame(Set.of(task), config + ": architecture");
    }
  }

  private static List<String> names(DataSetDefinition dataset) {
    return dataset.classes().stream().map(ClassDefinition::name).toList();
  }

  private DataSet open(
      Catalog catalog,
      ConfigurationFile file,
      TrainingConfiguration.DataChoice choice,
      List<String> used,
      Configuration hadoop) {
    return data.open(
        catalog,
        choice.dataset(),
        used,
        Optional.ofNullable(choice.root()).map(file::resolve),
        hadoop);
  }

  /**
   * The videos that are asked for, all of them: a network that was trained or measured on less
   * would look like one that was not.
   *
   * @param use what they are for, as the training file calls it
   */
  private List<Video> videos(
      DataSet dataset, TrainingConfiguration.DataChoice choice, String use, Task task) {
    SplitVideos found =
        dataset.open(choice.split(), choice.videos(), dataset.definition().lossTasks(task));
    if (!found.problems().isEmpty()) {
      throw new InvalidInputException(refusal(choice, use, found));
    }
    DataFindings findings = new DataFindings();
    findings.add(choice.dataset(), choice.split(), found);
    PrintWriter err = spec.commandLine().getErr();
    findings.unmatched().forEach(err::println);
    err.flush();
    return found.videos();
  }

  private String refusal(TrainingConfiguration.DataChoice choice, String use, SplitVideos found) {
    Map<String, String> problems = found.problems();
    List<String> shown = problems.keySet().stream().map(Printable::line).limit(SHOWN).toList();
    return "%s: %s: %d of %d videos of %s %s cannot be opened (%s%s): %s%nmend them, or leave them out: name the others with videos: [...] under %s"
        .formatted(
            config,
            use,
            problems.size(),
            problems.size() + found.videos().size(),
            choice.dataset(),
            choice.split(),
            String.join(", ", shown),
            problems.size() > SHOWN ? " and %d more".formatted(problems.size() - SHOWN) : "",
            problems.values().iterator().next().replace('\n', ' '),
            use);
  }

  private void print(TrainingResult result, TrainingSettings settings) {
    PrintWriter out = spec.commandLine().getOut();
    print(out, "main-task-only", result.mainTaskOnly());
    print(out, "joint", result.joint());
    if (settings.reconstruction().iterations() > 0) {
      out.printf(
          "reconstruction: decoder for the target %s, f and h as they were; model in"
              + " %s/reconstruction%n",
          settings.reconstructionTarget().id(), output);
    }
    out.printf("trained in %s%n", ProgressLine.readable(result.seconds()));
    out.flush();
  }

  private void print(PrintWriter out, String phase, Validation validation) {
    if (validation != null) {
      out.printf(
          "%s: validation over %s: %s; model in %s/%s%n",
          phase, Count.of(validation.frames(), "frame"), validation.summary(), output, phase);
    }
  }
}
