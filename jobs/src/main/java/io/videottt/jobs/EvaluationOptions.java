package io.videottt.jobs;

import java.io.PrintWriter;
import org.apache.hadoop.conf.Configuration;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** What every evaluation understands, and how each one ends. */
final class EvaluationOptions {

  private static final int MOST_THREADS = 1024;

  @Spec(Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description = "Also write all numbers, per frame too, as JSON; any Hadoop path.")
  private String json;

  @Option(
      names = "--threads",
      defaultValue = "0",
      paramLabel = "N",
      description = "Frames scored at once (default: one per core); changes no number.")
  private int threads;

  /** Refuses impossible options before anything is read. */
  void check() {
    if (threads < 0 || threads > MOST_THREADS) {
      throw new ParameterException(
          spec.commandLine(), "--threads is %d, expected 1 to %d".formatted(threads, MOST_THREADS));
    }
  }

  /** Scores the frames, prints the table and writes the JSON file. */
  <C> int run(FrameEvaluation<C> evaluation, Configuration hadoop) {
    int count = threads == 0 ? Runtime.getRuntime().availableProcessors() : threads;
    EvaluationResult result = new EvaluationRun(count).run(evaluation);
    PrintWriter out = spec.commandLine().getOut();
    out.print(result.table());
    out.flush();
    if (json != null) {
      WholeFile.write(json, result.json(), hadoop);
    }
    return 0;
  }
}
