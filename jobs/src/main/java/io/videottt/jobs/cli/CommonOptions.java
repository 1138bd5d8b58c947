package io.videottt.jobs.cli;

import picocli.CommandLine.Option;

/** What every command understands. */
public final class CommonOptions {

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help and exit.")
  @SuppressWarnings("unused")
  private boolean help;

  @Option(names = "--debug", description = "Print the stack trace of an error.")
  private boolean debug;

  @Option(
      names = SubmitCommandPrinter.OPTION,
      description = "Print the equivalent spark-submit command and run nothing.")
  @SuppressWarnings("unused")
  private boolean printCommand;

  boolean debug() {
    return debug;
  }
}
