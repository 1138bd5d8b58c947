package io.videottt.jobs;

import io.videottt.catalog.LabelFolder;
import io.videottt.metrics.SemanticCounts;
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
      "Both folders hold files of the same names, of one channel, with class ids as values."
    },
    footer = {
      "",
      "Example:",
      "  ./ttt evaluate semantic --ground-truth labels/val --predictions runs/val \\",
      "      --num-classes 19 --json runs/val.json"
    })
final class EvaluateSemanticCommand implements Callable<Integer> {

  @Mixin private CommonOptions common;
  @Mixin private EvaluationOptions evaluation;
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
      required = true,
      paramLabel = "N",
      description = "Classes have the ids 0 to N - 1.")
  private int classCount;

  @Option(
      names = "--ignore-label",
      defaultValue = "255",
      paramLabel = "ID",
      description = "Ground-truth id of pixels that do not count (default: ${DEFAULT-VALUE}).")
  private int ignoreLabel;

  @Override
  public Integer call() {
    evaluation.check();
    if (classCount < 1 || classCount > SemanticCounts.MAXIMUM_CLASSES) {
      throw new ParameterException(
          spec.commandLine(),
          "--num-classes is %d, expected 1 to %d"
              .formatted(classCount, SemanticCounts.MAXIMUM_CLASSES));
    }
    if (ignoreLabel < 0 || ignoreLabel > SemanticCounts.IGNORE) {
      throw new ParameterException(
          spec.commandLine(),
          "--ignore-label is %d, expected 0 to %d".formatted(ignoreLabel, SemanticCounts.IGNORE));
    }
    Configuration hadoop = HadoopSettings.standard();
    return evaluation.run(
        new SemanticEvaluation(
            LabelFolder.open(groundTruth, hadoop),
            LabelFolder.open(predictions, hadoop),
            classCount,
            ignoreLabel),
        hadoop);
  }
}
