package io.videottt.jobs;

import io.videottt.catalog.CatalogCheck;
import io.videottt.catalog.ClassDefinition;
import io.videottt.catalog.DataSet;
import java.io.PrintWriter;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Looks at every file of a data set. */
@Command(
    name = "check",
    description = {
      "Reads every file of a data set: counts videos, frames and labels, and reports what is",
      "missing, unreadable, of the wrong size, or labelled outside the classes. Status 1 if so."
    },
    footer = {
      "",
      "Example:",
      "  ./ttt catalog check camvid --root ../shared/data/camvid --split test"
    })
final class CatalogCheckCommand implements Callable<Integer> {

  @Mixin private CommonOptions common;
  @Mixin private CatalogOptions catalog;
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "NAME", description = "Data set, see ./ttt catalog list.")
  private String name;

  @Option(
      names = "--root",
      paramLabel = "DIR",
      description = "Folder of the data, in place of the catalogue's.")
  private String root;

  @Option(
      names = "--split",
      split = ",",
      paramLabel = "SPLIT",
      description = "Splits to look at (default: all).")
  private List<String> splits;

  @Override
  public Integer call() {
    DataSet dataset = catalog.open().open(name, Optional.ofNullable(root), new Configuration());
    Collection<String> names = splits == null ? dataset.splits() : splits;
    CatalogCheck check = dataset.check(names);
    PrintWriter out = spec.commandLine().getOut();
    check.splits().forEach(split -> print(out, check, split));
    out.println(check.clean() ? "nothing is missing or wrong" : "problems were found");
    out.flush();
    return check.clean() ? 0 : 1;
  }

  private static void print(PrintWriter out, CatalogCheck check, CatalogCheck.Split split) {
    out.printf(
        "%s %s: %d videos, %d frames, %d annotated%n",
        check.definition().name(),
        split.name(),
        split.videos(),
        split.frames(),
        split.annotatedFrames());
    long labelled = 0;
    for (long pixels : split.pixels()) {
      labelled += pixels;
    }
    double all = Math.max(1, labelled + split.ignoredPixels());
    for (ClassDefinition definition : check.definition().classes()) {
      out.printf(
          Locale.ROOT,
          "  %3d %-16s %6.2f %%%n",
          definition.id(),
          definition.name(),
          100 * split.pixels()[definition.id()] / all);
    }
    out.printf(Locale.ROOT, "      %-16s %6.2f %%%n", "ignored", 100 * split.ignoredPixels() / all);
    split
        .problems()
        .forEach(
            (kind, problems) -> {
              out.printf(
                  "  %s: %d%n",
                  kind.name().toLowerCase(Locale.ROOT).replace('_', ' '), problems.count());
              problems.examples().forEach(example -> out.printf("    %s%n", example));
            });
  }
}
