package io.videottt.jobs.cli;

import io.videottt.jobs.sweep.config.Rerun;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** Which results a sweep computes anew. */
final class RerunOptions {

  @Option(
      names = "--force",
      paramLabel = "UNIT|METHOD|VIDEO",
      description =
          "Compute anew what has results: a unit by its id, all units of a method or of a "
              + "video of this sweep; may be repeated.")
  private List<String> forced = new ArrayList<>();

  // These two are no group: a group within options that commands share stands twice in their help.
  @Option(
      names = "--rerun-changed",
      description =
          "Where data, labels, classes or frame rate have changed since, compute the "
              + "results that depend on it anew; without it the sweep says what differs and "
              + "stops.")
  private boolean rerunChanged;

  @Option(
      names = "--accept-changed",
      description = "Keep such results instead, as if computed on the data of today.")
  private boolean acceptChanged;

  /**
   * What was chosen.
   *
   * @throws ParameterException if changed results were to be kept and computed anew
   */
  Rerun rerun(CommandSpec command) {
    if (rerunChanged && acceptChanged) {
      throw new ParameterException(
          command.commandLine(),
          "--rerun-changed and --accept-changed exclude each other; give one of them");
    }
    return new Rerun(rerunChanged, acceptChanged, forced);
  }
}
