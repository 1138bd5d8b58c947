package io.videottt.jobs;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** Which results a sweep computes anew. */
final class RerunOptions {

  @ArgGroup(exclusive = true)
  private OfChangedData changed = new OfChangedData();

  @Option(
      names = "--force",
      paramLabel = "UNIT|METHOD|VIDEO",
      description = {
        "Compute anew what has results: a unit by its id, all units of a method or of a video of",
        "this sweep; may be repeated."
      })
  private List<String> forced = new ArrayList<>();

  private static final class OfChangedData {

    @Option(
        names = "--rerun-changed",
        description = {
          "Where data, labels, classes or frame rate have changed since, compute the results that",
          "depend on it anew; without it the sweep says what differs and stops."
        })
    private boolean rerun;

    @Option(
        names = "--accept-changed",
        description = "Keep such results instead, as if computed on the data of today.")
    private boolean accept;
  }

  Rerun rerun() {
    return new Rerun(changed.rerun, changed.accept, forced);
  }
}
