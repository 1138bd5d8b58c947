package io.videottt.jobs.report;

import io.videottt.adaptation.method.Methods;
import io.videottt.base.Version;
import io.videottt.jobs.query.ResultKey;
import io.videottt.reports.Titles;
import io.videottt.reports.table.Table;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.spark.sql.SparkSession;

/** What is to be known about the runs behind a report, as tables. */
final class RunTables {

  private final List<RunFacts> facts;
  private final Titles titles;

  /**
   * @param facts about the results
   * @param titles of data sets and splits
   */
  RunTables(List<RunFacts> facts, Titles titles) {
    this.facts = facts;
    this.titles = titles;
  }

  /**
   * Settings, weights and environment.
   *
   * @param date when the results were made, if known
   */
  List<Table> all(SparkSession spark, Optional<Instant> date) {
    // Rows of somebody else may lack the first frames, which tell the settings.
    return facts.isEmpty() ? List.of() : List.of(settings(), weights(), environment(spark, date));
  }

  private Table settings() {
    Map<String, String> common = new TreeMap<>(facts.get(0).settings());
    facts.forEach(fact -> common.entrySet().retainAll(fact.settings().entrySet()));
    Map<List<String>, Set<String>> tasks = new LinkedHashMap<>();
    for (RunFacts fact : facts) {
      ResultKey key = fact.key();
      Map<String, String> own = new TreeMap<>(fact.settings());
      own.entrySet().removeAll(common.entrySet());
      tasks
          .computeIfAbsent(
              List.of(
                  key.dataset(),
                  key.split(),
                  key.model(),
                  titled(key),
                  own.isEmpty() ? Table.DASH : words(own)),
              row -> new LinkedHashSet<>())
          .add(key.task().id());
    }
    List<List<String>> rows = new ArrayList<>();
    tasks.forEach(
        (row, of) ->
            rows.add(
                List.of(
                    titles.data(row.get(0), row.get(1)),
                    String.join(", ", of),
                    row.get(2),
                    row.get(3),
                    row.get(4))));
    return new Table(
            "settings",
            "Settings of every method",
            List.of("Data", "Task", "Model", "Method", "Settings"),
            5,
            rows,
            List.of(),
            common.isEmpty() ? List.of() : List.of("The same for all: " + words(common) + "."))
        .withIdentifiers(
            List.of("dataset", "split"),
            tasks.keySet().stream().map(row -> row.subList(0, 2)).toList());
  }

  private Table weights() {
    Map<List<String>, Set<String>> users = new TreeMap<>(Comparator.comparing(List::toString));
    for (RunFacts fact : facts) {
      users
          .computeIfAbsent(
              List.of(fact.key().model(), fact.fingerprint()), row -> new LinkedHashSet<>())
          .add(Methods.title(fact.key().method()));
    }
    List<List<String>> rows = new ArrayList<>();
    users.forEach((row, of) -> rows.add(List.of(row.get(0), row.get(1), String.join(", ", of))));
    return new Table(
        "weights",
        "Weights that the methods start from",
        List.of("Model", "SHA-256", "Used by"),
        3,
        rows,
        List.of(),
        List.of());
  }

  private Table environment(SparkSession spark, Optional<Instant> date) {
    List<List<String>> rows = new ArrayList<>();
    date.ifPresent(time -> rows.add(List.of("Date of the results", time.toString())));
    rows.add(List.of("Hosts", all(RunFacts::host)));
    rows.add(List.of("Devices", all(RunFacts::device)));
    rows.add(List.of("Threads per task", all(fact -> Integer.toString(fact.threads()))));
    rows.add(List.of("Report by", Version.name()));
    rows.add(List.of("Spark", spark.version()));
    rows.add(List.of("Java", System.getProperty("java.version")));
    rows.add(
        List.of("System", System.getProperty("os.name") + " " + System.getProperty("os.arch")));
    return new Table(
        "environment", "Environment", List.of("What", "Value"), 2, rows, List.of(), List.of());
  }

  private String all(Function<RunFacts, String> value) {
    Set<String> values = new TreeSet<>();
    facts.forEach(fact -> values.add(value.apply(fact)));
    return String.join(", ", values);
  }

  private static String titled(ResultKey key) {
    String title = Methods.title(key.method());
    return key.variant().isEmpty() ? title : "%s (%s)".formatted(title, key.variant());
  }

  private static String words(Map<String, String> settings) {
    return settings.entrySet().stream()
        .map(entry -> entry.getKey() + " " + entry.getValue())
        .collect(Collectors.joining(", "));
  }
}
