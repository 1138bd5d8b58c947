package io.videottt.jobs.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionStrategy;
import picocli.CommandLine.ParseResult;

/**
 * Runs a command, or, when {@code --print-command} was given, prints the spark-submit command that
 * does the same and runs nothing.
 */
public final class SubmitCommandPrinter implements IExecutionStrategy {

  static final String OPTION = "--print-command";

  private static final Set<String> SUBMIT_OPTIONS =
      Set.of(SparkOptions.MASTER, SparkOptions.PROPERTY, SparkOptions.PROPERTIES_FILE);

  private final IExecutionStrategy delegate;

  public SubmitCommandPrinter(IExecutionStrategy delegate) {
    this.delegate = delegate;
  }

  @Override
  public int execute(ParseResult parsed) {
    ParseResult leaf = parsed;
    while (leaf.hasSubcommand()) {
      leaf = leaf.subcommand();
    }
    if (!leaf.hasMatchedOption(OPTION) || leaf.isUsageHelpRequested()) {
      return delegate.execute(parsed);
    }
    var out = parsed.commandSpec().commandLine().getOut();
    Class<?> entry = parsed.commandSpec().userObject().getClass();
    String command = SparkSubmitCommand.of(entry, parsed.originalArgs(), leaf);
    out.println("# The same with spark-submit (nothing was run):");
    out.println(command);
    out.flush();
    return CommandLine.ExitCode.OK;
  }

  /** The arguments without this option and without those that spark-submit takes itself. */
  static List<String> applicationArguments(List<String> arguments) {
    List<String> kept = new ArrayList<>();
    for (int i = 0; i < arguments.size(); i++) {
      String argument = arguments.get(i);
      if (SUBMIT_OPTIONS.contains(argument)) {
        i++;
      } else if (!argument.equals(OPTION)
          && SUBMIT_OPTIONS.stream().noneMatch(option -> argument.startsWith(option + "="))) {
        kept.add(argument);
      }
    }
    return kept;
  }
}
