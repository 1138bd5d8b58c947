package io.videottt.reports.verdict;

import io.videottt.base.MetricUnit;
import io.videottt.reports.Difference;
import io.videottt.reports.Measurement;
import io.videottt.reports.MethodNote;
import io.videottt.reports.Titles;
import io.videottt.reports.table.Cells;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The sentences of a {@link Finding}: online test-time training first, then the best of the other
 * methods, the offline oracle and the controls, each over all splits.
 */
final class FindingSentences {

  private static final String FIXED = "mae-joint-training";
  private static final String MAIN_TASK = "main-task-only";
  private static final String ONLINE = "online-ttt-mae";
  private static final String OFFLINE = "offline-ttt-mae-all-frames";

  /** Settings of one method that get sentences of their own. */
  private static final int MOST_SETTINGS = 3;

  private final List<Measurement> own;
  private final Titles titles;
  private final Map<String, String> subjects;
  private final boolean severalSplits;

  /** One method with one setting on the splits. */
  private record Line(String method, String title, String variant, List<Measurement> measured) {

    boolean isOf(String id) {
      return method.equals(id);
    }

    boolean control() {
      return measured.get(0).control();
    }

    /** Mean of the differences over all frames of the splits. */
    double gain() {
      double sum = 0;
      double frames = 0;
      for (Measurement m : measured) {
        Difference d = m.difference().orElseThrow();
        sum += d.estimate() * d.frames();
        frames += d.frames();
      }
      return sum / frames;
    }
  }

  /**
   * @param own what was measured on one data set with one model on one task, at least one
   * @param titles of splits
   * @param methods what the methods are
   */
  FindingSentences(List<Measurement> own, Titles titles, List<MethodNote> methods) {
    this.own = own;
    this.titles = titles;
    this.subjects =
        methods.stream()
            .collect(Collectors.toMap(MethodNote::id, MethodNote::subject, (a, b) -> a));
    this.severalSplits = own.stream().map(Measurement::set).distinct().count() > 1;
  }

  List<String> all() {
    List<Line> lines = lines();
    if (lines.isEmpty()) {
      return List.of(nothingCompared());
    }
    List<String> sentences = new ArrayList<>(online(lines));
    best(lines).ifPresent(sentences::add);
    lines.stream()
        .filter(line -> line.isOf(OFFLINE))
        .limit(MOST_SETTINGS)
        .forEach(
            line ->
                sentences.add(sentence(titled(line) + ", an oracle that sees all frames,", line)));
    lines.stream()
        .filter(Line::control)
        .forEach(
            line ->
                sentences.add(
                    sentence(
                        Cells.titled(
                            subjects.getOrDefault(line.method(), line.title()), line.variant()),
                        line)));
    sentences.add(fixed());
    return sentences;
  }

  /** What was compared with the fixed model, a setting a line, the plain one of a method first. */
  private List<Line> lines() {
    Map<String, List<Measurement>> lines = new LinkedHashMap<>();
    own.stream()
        .filter(m -> m.difference().isPresent())
        .sorted(Comparator.comparing(m -> m.variant().isEmpty() ? 0 : 1))
        .forEach(
            m ->
                lines
                    .computeIfAbsent(m.method() + " " + m.variant(), key -> new ArrayList<>())
                    .add(m));
    return lines.values().stream()
        .map(all -> new Line(all.get(0).method(), all.get(0).title(), all.get(0).variant(), all))
        .toList();
  }

  private String nothingCompared() {
    Optional<Measurement> fixed = fixedModel();
    if (fixed.isEmpty()) {
      return "Nothing can be said about gains: the fixed jointly trained model was not run here.";
    }
    return own.size() == own.stream().filter(this::isFixed).count()
        ? "Only the fixed model was run: there is nothing to hold it against."
        : "Nothing can be said about gains: no method has a scored frame in common with the fixed"
            + " model.";
  }

  private List<String> online(List<Line> lines) {
    List<Line> online = lines.stream().filter(line -> line.isOf(ONLINE)).toList();
    if (online.isEmpty()) {
      return List.of("Online TTT-MAE was not run here.");
    }
    List<Line> shown = new ArrayList<>(online);
    if (online.size() > MOST_SETTINGS) {
      Line best = online.stream().max(Comparator.comparingDouble(Line::gain)).orElseThrow();
      shown = new ArrayList<>(new LinkedHashSet<>(List.of(online.get(0), best)));
    }
    List<String> sentences = new ArrayList<>();
    for (Line line : shown) {
      sentences.add(sentence(titled(line), line, sentences.isEmpty()));
    }
    if (shown.size() < online.size()) {
      sentences.add(
          ("These are the first and the best of %d settings of %s; the best of so many is the best"
                  + " by chance, too.")
              .formatted(online.size(), online.get(0).title()));
    }
    return sentences;
  }

  /** The best that is neither online, nor an oracle, nor a control, over all splits. */
  private Optional<String> best(List<Line> lines) {
    List<Line> others =
        lines.stream()
            .filter(line -> !line.control())
            .filter(line -> !Set.of(ONLINE, OFFLINE, MAIN_TASK, FIXED).contains(line.method()))
            .toList();
    int most = others.stream().mapToInt(line -> line.measured().size()).max().orElse(0);
    // A mean over fewer splits is no mean of the same videos.
    return others.stream()
        .filter(line -> line.measured().size() == most)
        .max(Comparator.comparingDouble(Line::gain))
        .map(
            line ->
                others.size() == 1
                    ? sentence(titled(line), line)
                    : sentence(
                        "Of the %d other settings of methods, %s is ahead: it"
                            .formatted(others.size(), titled(line)),
                        line));
  }

  private static String titled(Line line) {
    return Cells.titled(line.title(), line.variant());
  }

  private String sentence(String subject, Line line) {
    return sentence(subject, line, false);
  }

  /**
   * @param first whether the sentence says what is compared with what
   */
  private String sentence(String subject, Line line, boolean first) {
    List<String> clauses = new ArrayList<>();
    for (Measurement m : line.measured()) {
      Difference difference = m.difference().orElseThrow();
      boolean opening = clauses.isEmpty();
      boolean explains = first && opening;
      MetricUnit measured = m.set().task().unit();
      String unit = measured.points() + " of " + m.set().task().metric();
      String phrase =
          explains ? GainPhrase.of(difference, unit, true) : GainPhrase.of(difference, measured);
      String frames =
          m.coverage().isUsual()
              ? ""
              : ", over %s".formatted(m.coverage().describe(id -> titles.video(m.set(), id)));
      String where = " on " + titles.on(m.set());
      if (opening) {
        String on = severalSplits || first ? where : "";
        clauses.add(subject + " " + phrase + on + frames);
      } else {
        clauses.add(where.substring(1) + " it " + phrase + frames);
      }
    }
    return String.join("; ", clauses) + ".";
  }

  private String fixed() {
    List<String> levels = new ArrayList<>();
    for (Measurement m : own) {
      if (isFixed(m)) {
        levels.add(
            "%s %s on %s"
                .formatted(
                    Cells.tenths(m.frameMean()),
                    m.set().task().unit().symbol(),
                    titles.on(m.set())));
      }
    }
    return levels.isEmpty()
        ? "The fixed model's own score is over other videos or settings than these."
        : "The fixed model is %s: %s %s."
            .formatted(
                fixedModel().orElseThrow().title(),
                own.get(0).set().task().metric(),
                String.join(" and ", levels));
  }

  private Optional<Measurement> fixedModel() {
    return own.stream().filter(this::isFixed).findFirst();
  }

  private boolean isFixed(Measurement m) {
    return m.method().equals(FIXED) && m.variant().isEmpty();
  }
}
