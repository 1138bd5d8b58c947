package io.videottt.jobs.trial;

import io.videottt.adaptation.engine.DivergenceException;
import io.videottt.adaptation.method.Method;
import io.videottt.adaptation.method.Methods;
import io.videottt.adaptation.settings.AdaptationSettings;
import io.videottt.adaptation.stream.AdaptationCheckpoints;
import io.videottt.adaptation.stream.AdaptationRunner;
import io.videottt.base.FailureReason;
import io.videottt.base.InvalidInputException;
import io.videottt.base.Task;
import io.videottt.base.Version;
import io.videottt.catalog.definition.ClassDefinition;
import io.videottt.catalog.film.VideoFilesLayout;
import io.videottt.catalog.image.RgbImage;
import io.videottt.catalog.video.GrayVideo;
import io.videottt.catalog.video.Video;
import io.videottt.io.storage.OutputPlace;
import io.videottt.io.storage.Storage;
import io.videottt.jobs.drawing.PredictedClasses;
import io.videottt.jobs.drawing.PredictionOverlay;
import io.videottt.jobs.runtime.DeviceChoice;
import io.videottt.jobs.runtime.ProgressLine;
import io.videottt.jobs.saved.ComparisonVideo;
import io.videottt.jobs.saved.FrameFiles;
import io.videottt.jobs.saved.FrameFolder;
import io.videottt.jobs.saved.Panel;
import io.videottt.jobs.saved.SaveKind;
import io.videottt.model.folder.SegmentationModel;
import io.videottt.model.optimizer.OptimizerSettings;
import io.videottt.reports.page.TrialPage;
import io.videottt.reports.page.TrialPage.Fact;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/**
 * Tries test-time training on one film that nobody has annotated: the fixed model and online
 * TTT-MAE one after the other, then a video of both beside the film, and a page. What was computed
 * is kept while it runs, so that the same command goes on after whatever stopped it.
 */
public final class Trial {

  private static final double NANOS_PER_SECOND = 1e9;

  /** Two rows of two are seen on a phone, too. */
  private static final int IN_A_ROW = 2;

  private static final String WORK = "work";
  private static final String PAGE = "index.html";

  /** Hidden file of a folder that a trial writes to. */
  private static final String MARK = ".trial";

  /** Whether this trial was the first one in its folder. */
  private boolean begun;

  private final TrialRequest request;
  private final Configuration hadoop;
  private final PrintWriter out;
  private final PrintWriter err;
  private final Runnable computed;
  private final long start = System.nanoTime();

  /**
   * A trial that is not begun.
   *
   * @param out where the end is told
   * @param err where progress goes
   */
  public Trial(TrialRequest request, Configuration hadoop, PrintWriter out, PrintWriter err) {
    this(request, hadoop, out, err, () -> {});
  }

  /**
   * As above.
   *
   * @param computed hears of every frame that is computed, not of those before a checkpoint
   */
  Trial(
      TrialRequest request,
      Configuration hadoop,
      PrintWriter out,
      PrintWriter err,
      Runnable computed) {
    this.request = request;
    this.hadoop = hadoop;
    this.out = out;
    this.err = err;
    this.computed = computed;
  }

  /**
   * Runs it.
   *
   * @throws InvalidInputException when the film breaks, naming the frame; when the model does not
   *     fit, or a file cannot be written
   */
  public void run() {
    claimOutput();
    try {
      tryFilm();
    } catch (InvalidInputException | DivergenceException e) {
      removeWork();
      throw e;
    }
  }

  /** What others have put into a folder is never written over: it has to be empty or a trial's. */
  private void claimOutput() {
    Path output = request.output();
    Path mark = new Path(output, MARK);
    OutputPlace.requireFolder(output.toString(), "--output", hadoop);
    try {
      Storage storage = Storage.of(output, hadoop);
      if (storage.exists(mark)) {
        return;
      }
      if (!storage.isVacant(output)) {
        throw new InvalidInputException(
            "%s: there is something that no trial has written; choose a new or empty folder with"
                    .formatted(output)
                + " --output");
      }
      storage.write(mark, stream -> stream.write(new byte[0]));
      begun = true;
    } catch (IOException e) {
      throw new InvalidInputException(
          "%s: cannot be written to (%s); choose another --output"
              .formatted(output, FailureReason.of(e)),
          e);
    }
  }

  /** What was computed before something broke is nothing to go on from. */
  private void removeWork() {
    try {
      Storage storage = Storage.of(work(), hadoop);
      storage.delete(work());
      if (begun) {
        storage.delete(new Path(request.output(), MARK));
      }
      storage.deleteIfEmpty(request.output());
    } catch (IOException e) {
      err.println("note: %s cannot be removed (%s)".formatted(work(), FailureReason.of(e)));
    }
  }

  private void tryFilm() {
    Video inColour = open();
    Video film = request.task().seesGray() ? new GrayVideo(inColour) : inColour;
    film.notes().forEach(err::println);
    RgbImage first = film.read(0).image();
    AdaptationSettings settings = settings(first);
    try (SegmentationModel model =
        SegmentationModel.load(request.model(), hadoop, DeviceChoice.resolve(request.device()))) {
      List<ClassDefinition> classes = classes(model);
      PredictionOverlay drawing =
          PredictionOverlay.of(new PredictedClasses(classes), PredictionOverlay.DRAW_THRESHOLD);
      err.printf(
          "%s: %d frames of %d x %d, the network works at %d x %d (width x height)%n",
          request.film().getName(),
          film.frameCount(),
          first.width(),
          first.height(),
          settings.width(),
          settings.height());
      err.flush();
      ProgressLine line = ProgressLine.on(err);
      TrialPass fixed;
      TrialPass online;
      try (AdaptationRunner runner = new AdaptationRunner(model, classes, List.of())) {
        fixed =
            pass(
                runner,
                Methods.MAE_JOINT_TRAINING,
                "fixed model",
                film,
                settings,
                drawing,
                model.fingerprint(),
                line);
        online =
            pass(
                runner,
                Methods.ONLINE_TTT_MAE,
                "online TTT-MAE",
                film,
                settings,
                drawing,
                model.fingerprint(),
                line);
      } finally {
        line.end();
      }
      finish(film, first, settings, drawing, fixed, online);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("the trial was interrupted");
    } catch (IOException e) {
      throw new InvalidInputException(
          "%s: cannot be read or written to (%s)".formatted(request.output(), FailureReason.of(e)),
          e);
    }
  }

  /** The film in the size in which it is shown at the end, which is enough to look at and score. */
  private Video open() {
    VideoFilesLayout layout = request.layout();
    Video whole = layout.film(request.film(), hadoop);
    RgbImage first = whole.read(0).image();
    Panel.Size shown = Panel.size(first.height(), first.width());
    return shown.width() >= first.width()
        ? whole
        : new VideoFilesLayout(
                layout.videos(),
                layout.everySeconds(),
                layout.from(),
                layout.to(),
                shown.height(),
                shown.width())
            .film(request.film(), hadoop);
  }

  private AdaptationSettings settings(RgbImage frame) {
    double scale = request.shortSide() / (double) Math.min(frame.height(), frame.width());
    return request
        .settings()
        .with(
            Map.of(
                "height",
                side(frame.height() * scale),
                "width",
                side(frame.width() * scale),
                "shortSide",
                0,
                "longSideLimit",
                0),
            "--size");
  }

  private static int side(double length) {
    return (int) Math.max(1, Math.round(length / TrialRequest.MULTIPLE)) * TrialRequest.MULTIPLE;
  }

  private List<ClassDefinition> classes(SegmentationModel model) {
    if (request.task().seesGray() || !request.classes().isEmpty()) {
      return request.classes();
    }
    List<String> names = PredictedClasses.names(model.configuration());
    List<ClassDefinition> classes = new ArrayList<>();
    for (int i = 0; i < model.configuration().classCount(); i++) {
      String name = i < names.size() ? names.get(i) : "class " + i;
      classes.add(new ClassDefinition(i, name, false, PredictedClasses.paletteColour(i), null));
    }
    return classes;
  }

  private Path work() {
    return new Path(request.output(), WORK);
  }

  private TrialPass pass(
      AdaptationRunner runner,
      Method method,
      String title,
      Video film,
      AdaptationSettings settings,
      PredictionOverlay drawing,
      String fingerprint,
      ProgressLine line)
      throws IOException, InterruptedException {
    Path own = new Path(work(), method.id());
    Set<SaveKind> kinds = EnumSet.of(SaveKind.VIDEO);
    if (request.task() == Task.SEMANTIC) {
      kinds.add(SaveKind.PREDICTIONS);
    }
    List<String> names = new ArrayList<>();
    for (int i = 0; i < film.frameCount(); i++) {
      names.add(film.frameName(i));
    }
    FrameFolder folder =
        new FrameFolder(
            new FrameFiles(new Path(own, "maps"), new Path(own, "pictures"), request.task(), kinds),
            work(),
            hadoop,
            drawing,
            names);
    TrialPass pass = new TrialPass(title, folder, film.frameCount(), line, computed);
    AdaptationCheckpoints checkpoints =
        AdaptationCheckpoints.in(
            new Path(own, "checkpoints"),
            hadoop,
            identity(method, settings, fingerprint),
            request.checkpointInterval(),
            err::println);
    pass.begin();
    runner.run(film, EnumSet.of(request.task()), method, settings, 0, checkpoints, pass);
    folder.finish(names);
    return pass;
  }

  /** What a checkpoint depends on. */
  private Map<String, String> identity(
      Method method, AdaptationSettings settings, String fingerprint) throws IOException {
    FileStatus film = Storage.of(request.film(), hadoop).fileSystem().getFileStatus(request.film());
    Map<String, String> identity = new HashMap<>();
    identity.put("film", film.getPath() + " " + film.getLen() + " " + film.getModificationTime());
    identity.put("frames", request.layout().reading());
    identity.put("task", request.task().id());
    identity.put("method", method.id());
    identity.put("settings", settings.toString());
    identity.put("model", fingerprint);
    return identity;
  }

  private void finish(
      Video film,
      RgbImage first,
      AdaptationSettings settings,
      PredictionOverlay drawing,
      TrialPass fixed,
      TrialPass online)
      throws IOException {
    TrialNumbers numbers = TrialNumbers.of(request.task(), film, fixed, online, hadoop);
    err.println("writing the video");
    err.flush();
    List<ComparisonVideo.Column> columns =
        List.of(column("fixed", fixed, numbers), column("online TTT-MAE", online, numbers));
    Path video =
        new ComparisonVideo(request.task(), drawing, numbers.truth(), columns, IN_A_ROW)
            .write(film, request.output(), request.task().id(), work(), hadoop);
    double seconds = (System.nanoTime() - start) / NANOS_PER_SECOND;
    TrialPage page =
        new TrialPage(
            request.film().getName(),
            request.task().title(),
            numbers.summary(),
            video.getName(),
            numbers.truth()
                ? "Above, the film as the network sees it and its true colours; below, the fixed model and online TTT-MAE, each with the frame's PSNR and the mean so far."
                : "Above, the film as the network sees it; below, the fixed model and online TTT-MAE.",
            numbers.rows(),
            numbers.meaning(),
            facts(film, first, settings, fixed, online, seconds));
    Path file = new Path(request.output(), PAGE);
    byte[] html = page.html().getBytes(StandardCharsets.UTF_8);
    Storage storage = Storage.of(file, hadoop);
    storage.write(file, stream -> stream.write(html));
    storage.delete(work());
    out.println(numbers.summary());
    out.println("video " + video);
    out.println("page  " + file);
    out.flush();
  }

  private static ComparisonVideo.Column column(String title, TrialPass pass, TrialNumbers numbers) {
    List<Double> values = new ArrayList<>(pass.values());
    if (!numbers.truth()) {
      values.replaceAll(value -> null);
    }
    return new ComparisonVideo.Column(title, pass.folder().pictures(), values);
  }

  private List<Fact> facts(
      Video film,
      RgbImage first,
      AdaptationSettings settings,
      TrialPass fixed,
      TrialPass online,
      double seconds) {
    return List.of(
        new Fact(
            "Film",
            String.format(
                Locale.ROOT,
                "%s: %d frames, %.2f a second, scored and shown at %d x %d (width x height)",
                request.film().getName(),
                film.frameCount(),
                film.framesPerSecond(),
                first.width(),
                first.height())),
        new Fact("Model", request.model().toString()),
        new Fact("Network's size", "%d x %d".formatted(settings.width(), settings.height())),
        new Fact("Fixed model", "the jointly trained network as it is (MAE Joint Training)"),
        new Fact(
            "Online TTT-MAE",
            String.format(
                Locale.ROOT,
                "before every frame %d step(s) of %s at rate %s on masked frames out of the latest %s, whatever they show; then it predicts the frame and goes on from there",
                settings.iterationsPerFrame(),
                settings.optimizer() == OptimizerSettings.Kind.ADAMW ? "AdamW" : "SGD",
                settings.learningRate(),
                settings.window() == 0 ? "all" : settings.window())),
        new Fact("Preset", request.preset()),
        new Fact(
            "Seconds per frame",
            String.format(
                Locale.ROOT,
                "%.2f fixed, %.2f online, on %s",
                fixed.secondsPerFrame(),
                online.secondsPerFrame(),
                request.device())),
        new Fact("Took", ProgressLine.readable(seconds)),
        new Fact("Program", Version.name()));
  }
}
