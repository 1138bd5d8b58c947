package io.videottt.jobs.cli.evaluate;

import io.videottt.catalog.coco.CocoInstances;
import io.videottt.catalog.coco.CocoResults;
import io.videottt.jobs.cli.CommonOptions;
import io.videottt.jobs.evaluate.InstanceEvaluation;
import io.videottt.jobs.runtime.HadoopSettings;
import io.videottt.jobs.runtime.OutOfMemory;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Scores instance masks. */
@Command(
    name = "instance",
    description =
        "Scores instance masks in COCO's format: AP over IoU 0.50 to 0.95, AP50, AP75, and "
            + "AP of small, medium and large objects, in percent. Masks are polygons or run "
            + "lengths.",
    footer = {
      "",
      "Example:",
      "  ./ttt evaluate instance --ground-truth instances.json --predictions results.json \\",
      "      --json runs/instances.json"
    })
final class EvaluateInstanceCommand implements Callable<Integer> {

  @SuppressWarnings("unused")
  @Mixin
  private CommonOptions common;

  @Mixin private EvaluationOptions evaluation;

  @Option(
      names = "--ground-truth",
      required = true,
      paramLabel = "FILE",
      description = "JSON with images, annotations and categories; any Hadoop path.")
  private String groundTruth;

  @Option(
      names = "--predictions",
      required = true,
      paramLabel = "FILE",
      description = "JSON list of results; any Hadoop path.")
  private String predictions;

  @Override
  public Integer call() {
    evaluation.check();
    Configuration hadoop = HadoopSettings.standard();
    return evaluation.run(
        OutOfMemory.explained(
            () -> {
              CocoInstances truth = CocoInstances.read(groundTruth, hadoop);
              return new InstanceEvaluation(truth, CocoResults.read(predictions, truth, hadoop));
            }),
        hadoop);
  }
}
