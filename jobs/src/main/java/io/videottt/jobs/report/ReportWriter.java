package io.videottt.jobs.report;

import io.videottt.adaptation.method.Method;
import io.videottt.adaptation.method.Methods;
import io.videottt.base.Count;
import io.videottt.base.InvalidInputException;
import io.videottt.base.Task;
import io.videottt.jobs.query.FigureQueries;
import io.videottt.jobs.query.FrameQueries;
import io.videottt.jobs.query.ResultLabels;
import io.videottt.jobs.results.KeptPicture;
import io.videottt.jobs.results.ResultsFolder;
import io.videottt.jobs.results.StoredPlan;
import io.videottt.jobs.results.UnitInventory;
import io.videottt.jobs.runtime.JobNames;
import io.videottt.jobs.sweep.plan.ResultLabel;
import io.videottt.reports.DataSetSummary;
import io.videottt.reports.EvaluationSet;
import io.videottt.reports.Measurement;
import io.videottt.reports.MethodNote;
import io.videottt.reports.Results;
import io.videottt.reports.VideoCosine;
import io.videottt.reports.figure.DrawnFigure;
import io.videottt.reports.figure.FigureFormat;
import io.videottt.reports.page.PageIntroduction;
import io.videottt.reports.page.ReportPage;
import io.videottt.reports.player.Player;
import io.videottt.reports.source.ReportTable.Place;
import io.videottt.reports.source.ReportTables;
import io.videottt.reports.table.Table;
import io.videottt.reports.table.TableFormat;
import io.videottt.reports.verdict.Verdict;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Writes a report: tables in every format, figures, and one page with all of it. */
public final class ReportWriter {

  public static final String PAGE = "index.html";
  static final String FIGURES = "figures/";
  static final String VERDICT = "verdict";

  /** Names of tables that the writer itself makes. */
  private static final Set<String> TAKEN =
      Set.of(UnitInventory.LEFT_OUT, ReportTables.NOTICE, "settings", "weights", "environment");

  /** Bytes of the page's pictures where nobody says otherwise. */
  static final long PICTURE_BYTES = 8_000_000;

  private static final DateTimeFormatter MINUTES =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final SparkSession spark;
  private final PrintWriter out;
  private final long pictureBytes;
  private List<VideoCosine> cosines = List.of();
  private int figureVideos = FigureJob.MOST_VIDEOS;
  private int leftOut;

  public ReportWriter(SparkSession spark, PrintWriter out) {
    this(spark, out, PICTURE_BYTES);
  }

  /**
   * @param pictureBytes what pictures may take in the page, 0 for none
   */
  public ReportWriter(SparkSession spark, PrintWriter out, long pictureBytes) {
    this.spark = spark;
    this.out = out;
    this.pictureBytes = pictureBytes;
  }

  /**
   * Writes the report of a results folder and prints the tables to look at first.
   *
   * @param results output folder of a sweep
   * @param labels the units to count and what to call them, all when empty
   * @param folder where to write, any Hadoop path
   * @return whether there is anything to report; else nothing was written
   */
  public boolean write(String results, Optional<Set<ResultLabel>> labels, String folder)
      throws IOException {
    ResultsFolder from = new ResultsFolder(results, spark.sparkContext().hadoopConfiguration());
    UnitInventory inventory = from.inventory();
    leftOut = inventory.unusable().size();
    inventory.notes().forEach(out::println);
    if (inventory.units().isEmpty()) {
      return false;
    }
    // Listed once, for all queries: a folder may hold many thousand files.
    Dataset<Row> frames =
        ResultLabels.of(from, labels)
            .of(FrameQueries.frames(spark, from.metrics(), inventory), inventory, out::println);
    try {
      return write(from, inventory, frames, folder);
    } catch (RuntimeException e) {
      // Spark does not say which file it could not read.
      throw from.inventory().changedSince(inventory).orElse(e);
    }
  }

  private boolean write(
      ResultsFolder from, UnitInventory inventory, Dataset<Row> frames, String folder)
      throws IOException {
    Results measured = ReportJob.results(from, frames);
    if (measured.measurements().isEmpty()) {
      return false;
    }
    ReportTables tables =
        ReportTables.of(ReportJob.tableInput(measured, from, frames), ReportWriter::isTaken);
    leftOut += tables.leftOut().size();
    tables.leftOut().forEach(source -> out.println(source.sentence()));
    // Before anything that was made without it.
    List<Table> notices =
        Stream.of(inventory.leftOut(), tables.notice()).flatMap(Optional::stream).toList();
    List<RunFacts> facts =
        JobNames.rows("report: settings, weights and machines", FigureQueries.facts(frames))
            .stream()
            .map(RunFacts::of)
            .toList();
    String figuresLeftOut = reasonForNoFigures();
    ShiftJob shifts = new ShiftJob(frames, spark.sparkContext().hadoopConfiguration());
    FigureJob figureJob = new FigureJob(frames, facts, figureVideos);
    List<DrawnFigure> figures =
        figuresLeftOut.isEmpty()
            ? figureJob.figures(measured, shifts.shifts(inventory), cosines).stream()
                .map(DrawnFigure::of)
                .toList()
            : List.of();
    List<String> notDrawn = figureJob.leftOut(measured);
    Player player = new PreviewJob(frames, pictureBytes).player();
    Optional<Instant> date = date(from);
    PageIntroduction introduction = introduction(measured);
    Verdict verdict = introduction.verdict();
    ReportPage page =
        new ReportPage(
            data(measured),
            date.map(MINUTES::format).orElse(""),
            introduction,
            joined(notices, tables.at(Place.RESULTS)),
            tables.at(Place.DETAILS),
            figures,
            figuresLeftOut.isEmpty()
                ? Stream.concat(Stream.of(shifts.leftOut()), notDrawn.stream())
                    .filter(sentence -> !sentence.isEmpty())
                    .collect(Collectors.joining("\n"))
                : figuresLeftOut,
            player,
            ComparisonLinks.of(
                from, folder, measured.titles(), spark.sparkContext().hadoopConfiguration()),
            joined(
                new RunTables(facts, measured.titles()).all(spark, date), tables.at(Place.RUNS)));
    Map<String, byte[]> files = new LinkedHashMap<>();
    notices.forEach(
        table -> files.putAll(TableFiles.contents(table, EnumSet.allOf(TableFormat.class))));
    tables
        .tables()
        .forEach(each -> files.putAll(TableFiles.contents(each.table(), each.formats())));
    for (DrawnFigure drawn : figures) {
      String stem = FIGURES + drawn.figure().name() + ".";
      drawn.files().forEach((format, file) -> files.put(stem + format.extension(), file));
    }
    Map<String, byte[]> strips =
        figuresLeftOut.isEmpty()
            ? player.strips(measured.dataSets(), KeptPicture::pixels)
            : Map.of();
    strips.forEach((name, file) -> files.put(FIGURES + name + ".png", file));
    files.put(VERDICT + ".txt", verdict.text().getBytes(StandardCharsets.UTF_8));
    files.put(VERDICT + ".md", verdict.markdown().getBytes(StandardCharsets.UTF_8));
    files.put(PAGE, page.html().getBytes(StandardCharsets.UTF_8));
    new TableFiles(folder, spark.sparkContext().hadoopConfiguration()).write(files);
    // What is left out was said before.
    tables.at(Place.RESULTS).forEach(table -> out.println(TableFormat.MARKDOWN.render(table)));
    out.printf(
        "%s, details of every task among them, written to %s as md, csv and tex%n",
        Count.of(
            notices.size()
                + tables.tables().stream().filter(each -> !each.formats().isEmpty()).count(),
            "table"),
        folder);
    out.println(
        figuresLeftOut.isEmpty()
            ? "%s written to %s/%s as svg and png"
                .formatted(Count.of(figures.size(), "figure"), folder, FIGURES.replace("/", ""))
            : figuresLeftOut);
    if (figuresLeftOut.isEmpty()) {
      notDrawn.forEach(out::println);
    }
    if (!strips.isEmpty()) {
      out.printf(
          "%s of frames written to %s/%s as png%n",
          Count.of(strips.size(), "strip"), folder, FIGURES.replace("/", ""));
    }
    out.printf("all of it on one page: %s/%s%n", folder, PAGE);
    out.printf("%n%s", verdict.text());
    out.flush();
    return true;
  }

  /** Names that no source of tables may give: those of the report's other tables and files. */
  private static boolean isTaken(String name) {
    return TAKEN.contains(name) || ReportPage.isAnchor(name);
  }

  private static <T> List<T> joined(List<T> first, List<T> second) {
    return Stream.concat(first.stream(), second.stream()).toList();
  }

  /** What the results say, and what the methods are that they are of, in the paper's order. */
  private static PageIntroduction introduction(Results measured) {
    Set<String> run =
        measured.measurements().stream().map(Measurement::method).collect(Collectors.toSet());
    List<MethodNote> methods =
        Stream.concat(
                Methods.all().stream()
                    .filter(method -> run.contains(method.id()))
                    .map(ReportWriter::note),
                run.stream()
                    .sorted()
                    .filter(id -> Methods.find(id).isEmpty())
                    .map(ReportWriter::unknown))
            .toList();
    return new PageIntroduction(Verdict.of(measured, methods), methods, shown(measured));
  }

  /** The data sets, with their classes where pictures of the results show any. */
  private static List<DataSetSummary> shown(Results measured) {
    Set<String> segmented =
        measured.measurements().stream()
            .map(Measurement::set)
            .filter(set -> Task.segmentation().contains(set.task()))
            .map(EvaluationSet::dataset)
            .collect(Collectors.toSet());
    return measured.dataSets().stream()
        .map(set -> segmented.contains(set.name()) ? set : set.withoutClasses())
        .toList();
  }

  private static MethodNote note(Method method) {
    return new MethodNote(
        method.id(),
        method.title(),
        method.role() == Method.Role.CONTROL,
        method.description(),
        method.subject());
  }

  /** Of results of a method whose class is not here. */
  private static MethodNote unknown(String id) {
    return new MethodNote(
        id,
        id,
        false,
        "A method that this installation has no class for; its results are shown under its name.",
        id);
  }

  /** How many videos of a split get figures of their own, the first by their ids. */
  public void drawVideos(int most) {
    figureVideos = most;
  }

  /** Gradients' cosines to draw gains against. */
  public void drawAgainst(List<VideoCosine> found) {
    cosines = List.copyOf(found);
  }

  /**
   * How many files of the results, and sources of tables, the last report has left out since they
   * cannot be used.
   */
  public int leftOut() {
    return leftOut;
  }

  /** Tables need no fonts: without them a report has no figures, and says so. */
  private static String reasonForNoFigures() {
    try {
      FigureFormat.requireFonts();
      return "";
    } catch (InvalidInputException e) {
      return e.getMessage();
    }
  }

  /** The data sets by their titles. */
  private static String data(Results measured) {
    return measured.measurements().stream()
        .map(m -> measured.titles().dataSet(m.set().dataset()))
        .distinct()
        .collect(Collectors.joining(", "));
  }

  /** Of the sweep that was started last; of the units in results of before there were plans. */
  private static Optional<Instant> date(ResultsFolder results) throws IOException {
    List<StoredPlan> plans = results.plans();
    return plans.isEmpty()
        ? results.begun().values().stream()
            .max(Comparator.naturalOrder())
            .map(time -> time.truncatedTo(ChronoUnit.SECONDS))
        : Optional.of(Instant.parse(plans.get(0).time()).truncatedTo(ChronoUnit.SECONDS));
  }
}
