package io.videottt.jobs;

import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;

/** Wrong usage: one line saying what is wrong, one saying where to look; exit status 2. */
final class UsageErrors implements IParameterExceptionHandler {

  @Override
  public int handleParseException(ParameterException exception, String[] arguments) {
    CommandLine command = exception.getCommandLine();
    PrintWriter err = command.getErr();
    err.println("ttt: " + exception.getMessage().lines().findFirst().orElse("wrong usage"));
    err.println("Try: ./%s --help".formatted(command.getCommandSpec().qualifiedName(" ")));
    return CommandLine.ExitCode.USAGE;
  }
}
