package io.videottt.jobs.cli.evaluate;

import io.videottt.catalog.definition.ClassDefinition;
import io.videottt.catalog.folders.LabelFolder;
import io.videottt.jobs.cli.CatalogOptions;
import io.videottt.jobs.cli.CommonOptions;
import io.videottt.jobs.evaluate.SemanticEvaluation;
import io.videottt.jobs.runtime.HadoopSettings;
import io.videottt.metrics.SemanticCounts;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Scores label maps. */
@Command(
    name = "semantic",
    description = {
      "Scores PNG label maps: mIoU in percent, over the classes that the ground truth has.",
      "Both folders hold files of the same names, NAME.png or VIDEO/NAME.png, of one "
          + "channel, with class ids as values. A predicted id of no class (255, or the one to "
          + "ignore) is a miss.",
      "A frame that cannot be scored is named, the others go on, and the status is 1."
    },
    footer = {
      "",
      "Example:",
      "  ./ttt evaluate semantic --ground-truth labels/val --predictions runs/val \\",
      "      --num-classes 19 --json runs/val.json"
    })
final class EvaluateSemanticCommand implements Callable<Integer> {

  @SuppressWarnings("unused")
  @Mixin
  private CommonOptions common;

  @Mixin private EvaluationOptions evaluation;
  @Mixin private CatalogOptions catalog;
  @Spec private CommandSpec spec;

  @Option(
      names = "--ground-truth",
      required = true,
      paramLabel = "DIR",
      description = "Folder of annotated label maps; any Hadoop path.")
  private String groundTruth;

  @Option(
      names = "--predictions",
      required = true,
      paramLabel = "DIR",
      description = "Folder of predicted label maps; any Hadoop path.")
  private String predictions;

  @Option(
      names = "--num-classes",
      paramLabel = "N",
      description = "Classes have the ids 0 to N - 1; needed without --classes.")
  private Integer classCount;

  @Option(
      names = "--classes",
      paramLabel = "DATASET",
      description =
          "Data set whose classes the files hold, by their training ids 0 to N - 1: how "
              + "many there are, and their names.")
  private String dataset;

  @Option(
      names = "--ignore-label",
      defaultValue = "255",
      paramLabel = "ID",
      description = "Ground-truth id of pixels that do not count (default: ${DEFAULT-VALUE}).")
  private int ignoreLabel;

  @Override
  public Integer call() {
    evaluation.check();
    List<String> classes = classes();
    if (ignoreLabel < 0 || ignoreLabel > SemanticCounts.IGNORE) {
      throw new ParameterException(
          spec.commandLine(),
          "--ignore-label is %d, expected 0 to %d".formatted(ignoreLabel, SemanticCounts.IGNORE));
    }
    Configuration hadoop = HadoopSettings.standard();
    return evaluation.run(
        new SemanticEvaluation(
            labels(groundTruth, hadoop),
            labels(predictions, hadoop),
            classes,
            ignoreLabel,
            evaluation.frameList().isEmpty()),
        hadoop);
  }

  /** The folder of saved predictions holds the list of its frames. */
  private LabelFolder labels(String folder, Configuration hadoop) {
    LabelFolder labels = LabelFolder.open(folder, hadoop);
    return evaluation.frameList().map(labels::besides).orElse(labels);
  }

  private List<String> classes() {
    if (dataset != null) {
      List<String> names =
          catalog.open().definition(dataset).classes().stream().map(ClassDefinition::name).toList();
      if (classCount != null && classCount != names.size()) {
        throw new ParameterException(
            spec.commandLine(),
            "--num-classes is %d, but %s has %d classes"
                .formatted(classCount, dataset, names.size()));
      }
      return names;
    }
    if (classCount == null) {
      throw new ParameterException(
          spec.commandLine(), "the number of classes is missing; give --num-classes or --classes");
    }
    if (classCount < 1 || classCount > SemanticCounts.MAXIMUM_CLASSES) {
      throw new ParameterException(
          spec.commandLine(),
          "--num-classes is %d, expected 1 to %d"
              .formatted(classCount, SemanticCounts.MAXIMUM_CLASSES));
    }
    return SemanticEvaluation.numbered(classCount);
  }
}
