package io.videottt.jobs.cli;

import io.videottt.base.Task;
import io.videottt.catalog.Catalog;
import io.videottt.catalog.definition.DataSetDefinition;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Lists the data sets. */
@Command(
    name = "list",
    description = "Lists the data sets that are known by name.",
    footer = {"", "Example:", "  ./ttt catalog list"})
final class CatalogListCommand implements Callable<Integer> {

  @SuppressWarnings("unused")
  @Mixin
  private CommonOptions common;

  @Mixin private CatalogOptions catalog;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    Catalog known = catalog.open();
    var out = spec.commandLine().getOut();
    for (String name : known.names()) {
      DataSetDefinition definition = known.definition(name);
      out.printf(
          "%-16s %s: %d classes, tasks %s, splits %s, root %s%n",
          name,
          definition.title(),
          definition.classCount(),
          definition.tasks().stream().sorted().map(Task::id).collect(Collectors.joining(", ")),
          String.join(", ", definition.splits().keySet()),
          definition.root().isEmpty() ? "(none)" : definition.root());
    }
    out.flush();
    return 0;
  }
}
