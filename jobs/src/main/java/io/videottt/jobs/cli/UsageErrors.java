package io.videottt.jobs.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.text.similarity.LevenshteinDistance;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.MissingParameterException;
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

  private static final Pattern CONSTANTS =
      Pattern.compile("(?<=expected one of )\\[[A-Z0-9_]+(, [A-Z0-9_]+)*]");

  @Override
  public int handleParseException(ParameterException exception, String[] arguments) {
    CommandLine command = exception.getCommandLine();
    PrintWriter err = command.getErr();
    ParameterException told = toldFirst(exception);
    String message = told.getMessage().lines().findFirst().orElse("wrong usage");
    err.println("ttt: " + inPlainWords(message) + suggestions(told));
    err.println("Try: ./%s --help".formatted(command.getCommandSpec().qualifiedName(" ")));
    return CommandLine.ExitCode.USAGE;
  }

  /** A misspelled option is also why a required one is missing: it is what is told. */
  private static ParameterException toldFirst(ParameterException exception) {
    CommandLine command = exception.getCommandLine();
    List<String> unmatched = command.getUnmatchedArguments();
    return exception instanceof MissingParameterException
            && unmatched.stream().anyMatch(argument -> argument.startsWith("-"))
        ? new UnmatchedArgumentException(command, optionFirst(unmatched))
        : exception;
  }

  private static List<String> optionFirst(List<String> unmatched) {
    return Stream.concat(
            unmatched.stream().filter(argument -> argument.startsWith("-")),
            unmatched.stream().filter(argument -> !argument.startsWith("-")))
        .toList();
  }

  /** The library's doubled word, and the names of constants as they are given and documented. */
  private static String inPlainWords(String message) {
    String once = message.replace("for option option ", "for option ");
    return CONSTANTS
        .matcher(once)
        .replaceAll(
            constants -> Matcher.quoteReplacement(constants.group().toLowerCase(Locale.ROOT)));
  }

  private static String suggestions(ParameterException exception) {
    if (!(exception instanceof UnmatchedArgumentException unmatched)) {
      return "";
    }
    // The library's own suggestions hold words that have a few letters in common.
    String written = unmatched.getUnmatched().get(0).split("=", 2)[0];
    List<String> similar =
        new UnmatchedArgumentException(exception.getCommandLine(), List.of(written))
            .getSuggestions().stream()
                .filter(name -> SIMILARITY.apply(written, name) >= 0)
                .limit(MOST_SUGGESTIONS)
                .toList();
    return similar.isEmpty()
        ? ""
        : similar.stream().collect(Collectors.joining(" or ", "; did you mean ", "?"));
  }
}
