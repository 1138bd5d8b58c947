package io.videottt.jobs.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What data sets there are. */
@Command(
    name = "catalog",
    description = "Lists data sets, or checks one file by file.",
    footer = {"", "Example:", "  ./ttt catalog check embedded"},
    subcommands = {CatalogListCommand.class, CatalogCheckCommand.class})
public final class CatalogCommand implements Callable<Integer> {

  @SuppressWarnings("unused")
  @Mixin
  private CommonOptions common;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    throw new ParameterException(spec.commandLine(), "catalog needs a subcommand: list or check");
  }
}
