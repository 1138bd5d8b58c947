package io.videottt.jobs.cli.evaluate;

import io.videottt.jobs.cli.CommonOptions;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Scores stored predictions. */
@Command(
    name = "evaluate",
    description = {
      "Scores stored predictions with the numbers of the reference tools: mIoU, PQ or " + "AP.",
      "Per frame, as the mean over frames, pooled over the set, and by the formulas "
          + "of the paper's released code (released). Starts no Spark."
    },
    footer = {
      "",
      "Example:",
      "  ./ttt evaluate instance --ground-truth instances.json --predictions results.json"
    },
    subcommands = {
      EvaluateSemanticCommand.class,
      EvaluatePanopticCommand.class,
      EvaluateInstanceCommand.class
    })
public final class EvaluateCommand implements Callable<Integer> {

  @SuppressWarnings("unused")
  @Mixin
  private CommonOptions common;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    throw new ParameterException(
        spec.commandLine(), "evaluate needs a task: semantic, panoptic or instance");
  }
}
