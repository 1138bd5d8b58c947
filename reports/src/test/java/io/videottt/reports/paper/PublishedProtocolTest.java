package io.videottt.reports.paper;

import static org.assertj.core.api.Assertions.assertThat;

import io.videottt.reports.FrameCoverage;
import io.videottt.reports.Measurement;
import io.videottt.reports.Released;
import io.videottt.reports.Repetitions;
import io.videottt.reports.published.PaperColumn;
import io.videottt.reports.published.PublishedResults;
import io.videottt.reports.published.PublishedRow;
import io.videottt.reports.published.PublishedTable;
import io.videottt.reports.table.Table;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Published numbers beside the protocol that they were made with. */
class PublishedProtocolTest {

  @Test
  void aPublishedNumberIsComparedWithTheProtocolThatTheReleaseScoresItBy() {
    Table instance =
        PaperTablesTest.tables(
                PaperTablesTest.measurement(
                    PaperColumn.INSTANCE.set(), "mae-joint-training", "", false, 20),
                PaperTablesTest.measurement(
                    PaperColumn.INSTANCE.set(), "online-ttt-mae", "", false, 36.5))
            .get(1);

    List<String> columns =
        List.of("AP released", "AP released per video", "published", "released - published");
    int first = instance.header().indexOf(columns.get(0));
    assertThat(instance.header().subList(first, first + 4)).isEqualTo(columns);
    // The release scores the fixed model per video, the adapted one frame by frame.
    assertThat(instance.rows().get(1).subList(first, first + 4))
        .containsExactly("18.00", "17.00", "16.5", "+0.50");
    assertThat(instance.rows().get(9).subList(first, first + 4))
        .containsExactly("34.50", "33.50", "37.6", "-3.10");
  }

  @Test
  void theNotesTellHowPublishedNumbersWereMadeAndWhatOfAGainMayBeProtocol() {
    List<String> notes =
        PaperTablesTest.tables(
                PaperTablesTest.measurement(
                    PaperColumn.INSTANCE.set(), "mae-joint-training", "", false, 20),
                PaperTablesTest.measurement(
                    PaperColumn.INSTANCE.set(), "online-ttt-mae", "", false, 36.5))
            .get(1)
            .notes();

    assertThat(notes)
        .contains(
            "Published Instance (AP) of TTT-MAE No Memory, Online TTT-MAE: the released code scores"
                + " them frame by frame, as released does here.",
            "Published Instance (AP) of Main Task Only, MAE Joint Training: the released code"
                + " scores them pooled over each video, as released per video does here; how it"
                + " averages videos is not told.",
            "Published gains in Instance (AP) are differences between numbers scored frame by frame"
                + " and a fixed model scored per video. Here the same fixed model has 18.00 frame"
                + " by frame and 17.00 per video: +1.00 points of the published gain of 21.1 points"
                + " may be protocol.")
        .anyMatch(
            note ->
                note.startsWith(
                    "Published Instance (AP) of Offline TTT-MAE All Frames, LN Adapt, Tent, Tent"
                        + " with Class Balance: not known"));
    List<String> unmeasured =
        PaperTablesTest.tables(
                PaperTablesTest.measurement(
                    PaperColumn.INSTANCE.set(), "online-ttt-mae", "", false, 36.5))
            .get(0)
            .notes();
    assertThat(unmeasured)
        .anyMatch(
            note -> note.endsWith("what of them may be protocol shows when that is measured."))
        .anyMatch(
            note ->
                note.startsWith(
                    "Published KITTI-STEP val (mIoU), KITTI-STEP test (mIoU) of Main Task Only, MAE"
                        + " Joint Training: not known"));
  }

  @Test
  void everyPublishedNumberHasItsProtocol() {
    PublishedResults published = PublishedResults.load();
    for (PublishedTable table : published.tables()) {
      for (PublishedRow row : table.rows()) {
        for (PaperColumn column : PaperColumn.values()) {
          long told =
              published.protocols().stream()
                  .filter(known -> known.columns().contains(column))
                  .filter(known -> known.methods().contains(row.method()))
                  .count();
          assertThat(told).as(row.title() + ", " + column).isEqualTo(1);
        }
      }
    }
  }

  @Test
  void whatRowsOfAnEarlierVersionCannotSayIsADashWithItsReason() {
    Measurement known =
        PaperTablesTest.measurement(PaperColumn.PANOPTIC.set(), "tent", "", false, 20);
    Measurement old =
        new Measurement(
            known.set(),
            known.model(),
            "online-ttt-mae",
            "Online TTT-MAE",
            "",
            false,
            1,
            124,
            FrameCoverage.usual(124),
            Repetitions.SINGLE,
            21,
            known.pooled(),
            Released.unknown(124),
            Optional.empty(),
            known.seconds(),
            List.of(),
            List.of());

    Table table = PaperTablesTest.tables(known, old).get(1);

    int first = table.header().indexOf("PQ released");
    assertThat(table.rows().get(9).subList(first, first + 4))
        .containsExactly("-", "-", "21.7", "-");
    assertThat(table.notes())
        .contains(
            "No PQ released for Online TTT-MAE: rows of an earlier version do not hold what it"
                + " needs; run these units again, in another folder, to have it.");
  }
}
