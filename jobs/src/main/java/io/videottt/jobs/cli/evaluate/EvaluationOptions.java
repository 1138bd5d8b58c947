package io.videottt.jobs.cli.evaluate;

import io.videottt.base.InvalidInputException;
import io.videottt.io.storage.StorageLocation;
import io.videottt.jobs.evaluate.EvaluationResult;
import io.videottt.jobs.evaluate.EvaluationRun;
import io.videottt.jobs.evaluate.FrameChoice;
import io.videottt.jobs.evaluate.FrameEvaluation;
import io.videottt.jobs.runtime.WholeFile;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** What every evaluation understands, and how each one ends. */
public final class EvaluationOptions {

  private static final int MOST_THREADS = 1024;

  /** Messages that are printed; the JSON file has all of them. */
  public static final int MOST_MESSAGES = 20;

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

  @Option(
      names = "--frames",
      paramLabel = "FILE",
      description =
          "Score only the frames that this list names: one a line, NAME or VIDEO/NAME, with "
              + "the extension or without; any Hadoop path.")
  private String frames;

  /** Refuses impossible options before anything is read. */
  void check() {
    if (threads < 0 || threads > MOST_THREADS) {
      throw new ParameterException(
          spec.commandLine(), "--threads is %d, expected 1 to %d".formatted(threads, MOST_THREADS));
    }
  }

  /** The list of the frames to be scored, empty for all frames. */
  Optional<Path> frameList() {
    return Optional.ofNullable(frames).map(list -> StorageLocation.parse(list, "--frames"));
  }

  /** Scores the frames, prints the tables and writes the JSON file. */
  <C> int run(FrameEvaluation<C> evaluation, Configuration hadoop) {
    Optional<WholeFile> file = WholeFile.of(json, "--json", hadoop);
    int count = threads == 0 ? Runtime.getRuntime().availableProcessors() : threads;
    FrameChoice choice =
        frameList()
            .map(list -> FrameChoice.listed(list, evaluation.files(), hadoop))
            .orElseGet(() -> FrameChoice.all(evaluation.files()));
    EvaluationResult result = new EvaluationRun(count).run(evaluation, choice);
    List<String> problems = result.problems();
    if (result.perFrame().isEmpty() && problems.isEmpty()) {
      throw new InvalidInputException("the ground truth annotates no frame");
    }
    if (result.perFrame().isEmpty()) {
      throw new InvalidInputException(
          problems.size() == 1
              ? problems.get(0)
              : "%s%nno frame could be scored; this is the first of %d problems"
                  .formatted(problems.get(0).lines().findFirst().orElse(""), problems.size()));
    }
    PrintWriter out = spec.commandLine().getOut();
    out.print(result.tables());
    out.flush();
    file.ifPresent(whole -> whole.write(result.json()));
    printProblems(problems);
    return problems.isEmpty() ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
  }

  private void printProblems(List<String> problems) {
    PrintWriter err = spec.commandLine().getErr();
    problems.stream().limit(MOST_MESSAGES).forEach(problem -> err.println("ttt: " + problem));
    if (problems.size() > MOST_MESSAGES) {
      err.printf(
          "ttt: and %d more; --json FILE lists all of them%n", problems.size() - MOST_MESSAGES);
    }
    err.flush();
  }
}
