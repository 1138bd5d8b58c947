package io.videottt.reports.ranking;

import io.videottt.reports.Difference;
import io.videottt.reports.EvaluationSet;
import io.videottt.reports.Measurement;
import io.videottt.reports.PooledMetric;
import io.videottt.reports.Protocol;
import io.videottt.reports.paper.ProtocolNotes;
import io.videottt.reports.table.Cells;
import io.videottt.reports.table.Table;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The settings of a grid, one per row. */
final class RankingTable {

  private static final String FIXED = "fixed";

  private RankingTable() {}

  static Table of(Ranking ranking) {
    PooledMetric pooled = PooledMetric.of(ranking.set().task()).get(0);
    List<String> header =
        List.of(
            "Rank",
            "Setting",
            ranking.set().task().metric() + " frame mean",
            pooled.title() + " pooled",
            pooled.title() + " released",
            "Difference to fixed",
            "95 % interval",
            "Difference to best",
            "95 % interval of that",
            "s/frame",
            "median",
            "Videos");
    List<List<String>> rows = new ArrayList<>();
    int rank = 0;
    for (RankedCandidate setting : ranking.settings()) {
      boolean ranked = setting.state() == RankedCandidate.State.RANKED;
      String place =
          ranked ? String.valueOf(++rank) : setting.state().name().toLowerCase(Locale.ROOT);
      rows.add(
          row(
              place,
              setting.measured().map(Measurement::variant).orElse(setting.label()),
              setting.measured(),
              setting.toBest(),
              setting.videos(),
              ranking));
    }
    ranking
        .fixed()
        .ifPresent(
            fixed ->
                rows.add(
                    row(
                        FIXED,
                        fixed.title(),
                        Optional.of(fixed),
                        Optional.empty(),
                        fixed.videos(),
                        ranking)));
    EvaluationSet set = ranking.set();
    return new Table(
        ranking.name(),
        "Settings of %s, %s, %s"
            .formatted(ranking.method(), ranking.titles().data(set), set.task().id()),
        header,
        2,
        rows,
        List.of(),
        notes(ranking));
  }

  private static List<String> row(
      String place,
      String label,
      Optional<Measurement> measured,
      Optional<Difference> toBest,
      int videos,
      Ranking ranking) {
    Optional<Difference> toFixed = measured.flatMap(Measurement::difference);
    return List.of(
        place,
        label,
        value(measured, Protocol.FRAME_MEAN),
        value(measured, Protocol.POOLED),
        value(measured, Protocol.RELEASED),
        estimate(toFixed),
        interval(toFixed),
        estimate(toBest),
        interval(toBest),
        Cells.seconds(measured.map(m -> m.seconds().total()).orElse(Double.NaN)),
        Cells.seconds(measured.map(m -> m.seconds().medians().total()).orElse(Double.NaN)),
        "%d of %d".formatted(videos, ranking.videos()));
  }

  private static String value(Optional<Measurement> measured, Protocol protocol) {
    return Cells.percent(measured.map(m -> m.value(protocol)).orElse(Double.NaN));
  }

  private static String estimate(Optional<Difference> difference) {
    return difference.map(d -> Cells.signed(d.estimate())).orElse(Table.DASH);
  }

  private static String interval(Optional<Difference> difference) {
    return difference.map(d -> Cells.interval(d.sameVideos())).orElse(Table.DASH);
  }

  private static List<String> notes(Ranking ranking) {
    List<String> notes = new ArrayList<>();
    notes.add(
        ("Percent; ranked by %s over all videos, equal ones the smaller value first. Differences"
                + " are of the frame means on the same frames, with 95 %% intervals on these videos"
                + " (frames drawn in blocks of 10); s/frame = adapt + predict, its mean and its"
                + " median.")
            .formatted(
                switch (ranking.protocol()) {
                  case FRAME_MEAN -> "the frame mean";
                  case POOLED -> "the pooled value";
                  case RELEASED -> "the released value";
                }));
    List<Measurement> measured =
        ranking.settings().stream().flatMap(s -> s.measured().stream()).toList();
    notes.addAll(ProtocolNotes.released(List.of(ranking.set().task()), measured));
    Set<String> gaps = new LinkedHashSet<>();
    for (RankedCandidate setting : ranking.settings()) {
      setting
          .measured()
          .flatMap(Measurement::difference)
          .flatMap(d -> d.sameVideos().gap())
          .ifPresent(gaps::add);
      setting.toBest().flatMap(d -> d.sameVideos().gap()).ifPresent(gaps::add);
    }
    gaps.forEach(gap -> notes.add("No interval where there is a dash: %s.".formatted(gap)));
    Set<Long> frames = new TreeSet<>();
    ranking.ranked().forEach(s -> s.measured().ifPresent(m -> frames.add(m.frames())));
    if (frames.size() > 1) {
      notes.add(
          "The ranked settings are over different numbers of frames, %s: their means do not compare;"
                  .formatted(frames)
              + " the differences do.");
    }
    if (ranking.settings().size() > 1) {
      notes.add(
          "The best of %d settings is the best by chance, too: its gain here is an optimistic"
                  .formatted(ranking.settings().size())
              + " estimate of its gain on other videos.");
    }
    if (ranking.settings().stream().anyMatch(s -> s.state() == RankedCandidate.State.PRUNED)) {
      notes.add(
          "Pruned settings were clearly worse than the best on the first videos; their numbers are"
              + " of those videos only and compare with the best on the same ones, not with other"
              + " rows.");
    }
    return notes;
  }
}
