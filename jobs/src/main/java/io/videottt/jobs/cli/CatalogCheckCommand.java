package io.videottt.jobs.cli;

import io.videottt.base.Count;
import io.videottt.base.Task;
import io.videottt.catalog.CatalogCheck;
import io.videottt.catalog.DataSet;
import io.videottt.catalog.definition.ClassDefinition;
import io.videottt.catalog.definition.PublishedCounts;
import io.videottt.jobs.runtime.HadoopSettings;
import java.io.PrintWriter;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.LongStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Looks at every file of a data set. */
@Command(
    name = "check",
    description =
        "Reads every file of a data set: counts videos, frames, labels, segments and "
            + "objects, and reports what is missing, unreadable, of the wrong size, labelled "
            + "outside the classes, not consistent (segments, masks and images that do not fit "
            + "together), or left over: images under other names, labels without images, lines "
            + "without frames; of data sets whose published counts the catalogue holds, also what "
            + "differs from them. Status 1 if so. Warnings, which change no status, say what of "
            + "published ground truth is read as it stands.",
    footer = {
      "",
      "Example:",
      "  ./ttt catalog check camvid --root camvid=/data/camvid --split test"
    })
final class CatalogCheckCommand implements Callable<Integer> {

  @SuppressWarnings("unused")
  @Mixin
  private CommonOptions common;

  @Mixin private DataSetOptions data;
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "NAME", description = "Data set, see ./ttt catalog list.")
  private String name;

  @Option(
      names = "--split",
      split = ",",
      paramLabel = "SPLIT",
      description = "Splits to look at (default: all).")
  private List<String> splits;

  @Override
  public Integer call() {
    DataSet dataset =
        data.open(data.catalog(), name, List.of(name), Optional.empty(), HadoopSettings.standard());
    Collection<String> names = splits == null ? dataset.splits() : splits;
    CatalogCheck check = dataset.check(names);
    PrintWriter out = spec.commandLine().getOut();
    check.splits().forEach(split -> print(out, check, split));
    boolean warned = check.splits().stream().anyMatch(split -> !split.warnings().isEmpty());
    out.println(
        !check.clean()
            ? "problems were found"
            : warned
                ? "nothing is missing or wrong, with warnings"
                : "nothing is missing or wrong");
    out.flush();
    return check.clean() ? 0 : 1;
  }

  private static void print(PrintWriter out, CatalogCheck check, CatalogCheck.Split split) {
    out.printf(
        "%s %s: %s, %s, %d annotated%s%n",
        check.definition().name(),
        split.name(),
        Count.of(split.videos(), "video"),
        Count.of(split.frames(), "frame"),
        split.annotatedFrames(),
        published(check, split));
    Set<Task> tasks = check.definition().layout().tasks();
    double all = Math.max(1, LongStream.of(split.pixels()).sum() + split.ignoredPixels());
    for (ClassDefinition definition : check.definition().classes()) {
      int id = definition.id();
      StringBuilder line = new StringBuilder("  %3d %-22s".formatted(id, definition.name()));
      if (tasks.contains(Task.SEMANTIC)) {
        line.append(share(split.pixels()[id], all));
      }
      if (tasks.contains(Task.PANOPTIC)) {
        line.append(" %9d segments".formatted(split.segments()[id]));
      }
      if (tasks.contains(Task.INSTANCE)) {
        line.append(" %9d objects".formatted(split.objects()[id]));
      }
      out.println(line);
    }
    if (tasks.contains(Task.SEMANTIC)) {
      out.printf("      %-22s%s%n", "ignored", share(split.ignoredPixels(), all));
    }
    if (split.others().count() > 0) {
      out.printf(
          "  other files, not read: %d, for example %s%n",
          split.others().count(), split.others().examples().get(0));
    }
    split.notes().forEach(note -> out.printf("  note: %s%n", note));
    split
        .warnings()
        .forEach(
            (kind, found) -> {
              out.printf("  warning: %d %s: %s%n", found.count(), kind.what(), kind.treatment());
              found.examples().forEach(example -> out.printf("    %s%n", example));
            });
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

  private static String published(CatalogCheck check, CatalogCheck.Split split) {
    PublishedCounts published = check.definition().split(split.name()).published();
    return published == null
        ? ""
        : String.format(Locale.ROOT, " (published: %,d frames)", published.frames());
  }

  private static String share(long pixels, double all) {
    return String.format(Locale.ROOT, " %6.2f %%", 100 * pixels / all);
  }
}
