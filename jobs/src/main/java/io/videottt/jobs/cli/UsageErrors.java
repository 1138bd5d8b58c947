package io.videottt.jobs.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.commons.text.similarity.LevenshteinDistance;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Wrong usage: one line saying what is wrong, with the names that may have been meant, one saying
 * where to look; exit status 2.
 */
public final class UsageErrors implements IParameterExceptionHandler {

  private static final int MOST_SUGGESTIONS = 3;

  /** Negative where more than two letters are wrong. */
  private static final LevenshteinDistance SIMILARITY = new LevenshteinDistance(2);

  @Override
  public int handleParseException(ParameterException exception, String[] arguments) {
    CommandLine command = exception.getCommandLine();
    PrintWriter err = command.getErr();
    String message = exception.getMessage().lines().findFirst().orElse("wrong usage");
    err.println("ttt: " + message + suggestions(exception));
    err.println("Try: ./%s --help".formatted(command.getCommandSpec().qualifiedName(" ")));
    return CommandLine.ExitCode.USAGE;
  }

  private static String suggestions(ParameterException exception) {
    if (!(exception instanceof UnmatchedArgumentException unmatched)) {
      return "";
    }
    // The library's own suggestions hold words that have a few letters in common.
    String written = unmatched.getUnmatched().get(0);
    List<String> similar =
        unmatched.getSuggestions().stream()
            .filter(name -> SIMILARITY.apply(written, name) >= 0)
            .limit(MOST_SUGGESTIONS)
            .toList();
    return similar.isEmpty()
        ? ""
        : similar.stream().collect(Collectors.joining(" or ", "; did you mean ", "?"));
  }
}
