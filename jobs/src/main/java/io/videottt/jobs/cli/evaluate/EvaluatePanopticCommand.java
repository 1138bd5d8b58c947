package io.videottt.jobs.cli.evaluate;

import io.videottt.catalog.coco.CocoPanoptic;
import io.videottt.jobs.cli.CommonOptions;
import io.videottt.jobs.evaluate.PanopticEvaluation;
import io.videottt.jobs.runtime.HadoopSettings;
import io.videottt.jobs.runtime.OutOfMemory;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Scores panoptic segmentations. */
@Command(
    name = "panoptic",
    description =
        "Scores panoptic segmentations in COCO's format: PQ, SQ and RQ in percent, also of "
            + "things and of stuff. Segment ids in the PNG files are red + 256 green + 65536 "
            + "blue.",
    footer = {
      "",
      "Example:",
      "  ./ttt evaluate panoptic --ground-truth gt.json --ground-truth-masks gt \\",
      "      --predictions predictions.json --prediction-masks predictions"
    })
final class EvaluatePanopticCommand implements Callable<Integer> {

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
      names = "--ground-truth-masks",
      required = true,
      paramLabel = "DIR",
      description = "Folder of the annotated PNG files; any Hadoop path.")
  private String groundTruthMasks;

  @Option(
      names = "--predictions",
      required = true,
      paramLabel = "FILE",
      description = "JSON with annotations; any Hadoop path.")
  private String predictions;

  @Option(
      names = "--prediction-masks",
      required = true,
      paramLabel = "DIR",
      description = "Folder of the predicted PNG files; any Hadoop path.")
  private String predictionMasks;

  @Override
  public Integer call() {
    evaluation.check();
    Configuration hadoop = HadoopSettings.standard();
    return evaluation.run(
        OutOfMemory.explained(
            () -> {
              CocoPanoptic truth = CocoPanoptic.groundTruth(groundTruth, groundTruthMasks, hadoop);
              return new PanopticEvaluation(
                  truth, CocoPanoptic.predictions(predictions, predictionMasks, truth, hadoop));
            }),
        hadoop);
  }
}
