package io.videottt.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.videottt.jobs.cli.SparkOptions;
import io.videottt.jobs.runtime.RunContext;
import io.videottt.jobs.runtime.SparkSettings;
import io.videottt.jobs.sweep.config.Rerun;
import io.videottt.jobs.sweep.config.SweepRequest;
import io.videottt.jobs.sweep.plan.Scheduling;
import io.videottt.jobs.sweep.plan.SweepPlanner;
import io.videottt.jobs.sweep.run.SweepSession;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javax.management.JMException;
import javax.management.ObjectName;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What operators see of a sweep with {@code conf/spark/watched.conf}, in the real places. */
class WatchedSweepTest {

  private static final String METHODS =
      """
      methods:
        - {method: mae-joint-training, preset: small}
        - {method: online-ttt-mae, preset: small, settings: {batchSize: 1, window: 3}}
      """;

  private static final String GAUGE =
      "metrics_videottt_driver_plugin_io_videottt_jobs_sweep_run_SweepMetrics_%s_Value";

  @TempDir private Path folder;

  private Map<String, String> properties() throws IOException {
    Map<String, String> properties =
        new LinkedHashMap<>(SparkOptions.read(Path.of("../conf/spark/watched.conf")));
    Path events = Files.createDirectory(folder.resolve("events"));
    properties.put("spark.eventLog.dir", events.toUri().toString());
    properties.put("spark.ui.port", "0");
    properties.put("spark.sql.codegen.wholeStage", "false");
    return properties;
  }

  @Test
  void prometheusJmxAndTheHistoryServerTellOfTheSweep() throws IOException {
    TinySweep tiny = TinySweep.create(folder, 2, 3);
    SweepRequest request =
        new SweepRequest(
            tiny.config(METHODS), Optional.of(folder.resolve("catalog").toString()), Map.of());
    Map<String, String> properties = properties();
    PrintWriter nowhere = new PrintWriter(new StringWriter());
    RunContext options =
        new RunContext(
            nowhere,
            nowhere,
            new SparkSettings(Optional.of("local[2]"), properties),
            "cpu",
            Duration.ofMinutes(10),
            new Rerun(false, false, List.of()));
    SweepPlanner planner = new SweepPlanner(request, new Configuration());
    String application;
    try (SweepSession session =
        new SweepSession(
            "sweep",
            request.config().toString(),
            planner,
            Scheduling.DEFAULT,
            tiny.output("out").toString(),
            options)) {
      session.run(planner.plan());
      application = session.spark().sparkContext().applicationId();
      String pages = session.spark().sparkContext().uiWebUrl().get();

      Map<String, Double> scraped =
          Waiting.until(
              "all units in the metrics",
              () ->
                  Optional.of(prometheus(get(pages + "/metrics/prometheus")))
                      .filter(all -> all.getOrDefault(gauge("units_finished"), 0.0) == 4));
      assertThat(scraped)
          .containsEntry(gauge("units_planned"), 4.0)
          .containsEntry(gauge("units_failed"), 0.0)
          .containsEntry(gauge("frames_planned"), 2.0 * (2 + 3))
          .containsEntry(gauge("frames_finished"), 2.0 * (2 + 3))
          .containsEntry(gauge("videos_running"), 0.0);
      assertThat(scraped.get(gauge("seconds_computing"))).isPositive();
      assertThat(scraped.get(gauge("seconds_perFrame"))).isPositive();
      assertThat(scraped.get(gauge("loss_before"))).isPositive();
      assertThat(bean("frames.finished")).isEqualTo(2.0 * (2 + 3));
    }
    assertThat(history(Path.of(URI.create(properties.get("spark.eventLog.dir"))), application))
        .containsExactlyInAnyOrder(
            "sweep sweep: 2 videos, 4 units | video a: 2 units",
            "sweep sweep: 2 videos, 4 units | video b: 2 units");
  }

  @Test
  void aDriversLogUnderSparkSubmitIsTheProgramsOwnLines() throws IOException {
    TinySweep tiny = TinySweep.create(folder, 2);
    List<String> words = new ArrayList<>();
    words.addAll(List.of("org.apache.spark.deploy.SparkSubmit", "--master", "local[1]"));
    words.addAll(List.of("--class", Main.class.getName(), "spark-internal"));
    words.addAll(tiny.arguments(tiny.config(METHODS), "out", "local[1]"));
    words.add("--no-report");

    JavaProcess driver =
        JavaProcess.start(
            folder.resolve("driver.log"),
            "512m",
            List.of(
                "-Dai.djl.offline=true",
                "-Dlog4j2.configurationFile=" + Path.of("../conf/spark/log4j2.properties").toUri()),
            words);

    assertThat(driver.awaitEnd()).as(driver.log()).isZero();
    // Native libraries write to the standard error themselves; the launcher takes those lines out.
    assertThat(driver.log().lines().filter(line -> !line.contains("NNPACK.cpp")))
        .isNotEmpty()
        .allMatch(
            line ->
                line.startsWith("costs ")
                    || line.startsWith("note: ")
                    || line.matches("[0-9]+ units .*")
                    || line.startsWith("unit "));
  }

  private static String gauge(String name) {
    return GAUGE.formatted(name);
  }

  /** Values by name, labels left out. */
  private static Map<String, Double> prometheus(String text) {
    return text.lines()
        .filter(line -> line.contains("SweepMetrics"))
        .map(line -> line.split("[{ ].*[ ]"))
        .collect(Collectors.toMap(parts -> parts[0], parts -> Double.parseDouble(parts[1])));
  }

  private static Object bean(String name) {
    try {
      return ManagementFactory.getPlatformMBeanServer()
          .getAttribute(
              new ObjectName(
                  "metrics:name=videottt.driver.plugin.io.videottt.jobs.sweep.run.SweepMetrics.%s,type=gauges"
                      .formatted(name)),
              "Value");
    } catch (JMException e) {
      throw new AssertionError(e);
    }
  }

  /** Groups and descriptions of an application's jobs, from a History Server of its own. */
  private Set<String> history(Path events, String application) throws IOException {
    JavaProcess server =
        JavaProcess.start(
            folder.resolve("history.log"),
            "512m",
            List.of(
                "-Dspark.history.fs.logDirectory=" + events.toUri(),
                "-Dspark.history.ui.port=0",
                "-Dspark.history.fs.update.interval=1s"),
            List.of("org.apache.spark.deploy.history.HistoryServer"));
    try {
      String port = server.await("started at http://\\S+?:(\\d+)").group(1);
      String jobs =
          Waiting.until(
              "the application in the History Server",
              () ->
                  find(
                      "http://127.0.0.1:%s/api/v1/applications/%s/jobs"
                          .formatted(port, application)));
      Set<String> names = new HashSet<>();
      for (JsonNode job : new JsonMapper().readTree(jobs)) {
        names.add(job.path("jobGroup").asText() + " | " + job.path("description").asText());
      }
      return names;
    } finally {
      server.process().destroyForcibly();
      server.awaitEnd();
    }
  }

  private static String get(String url) {
    return find(url).orElseThrow(() -> new AssertionError(url + " is not there"));
  }

  private static Optional<String> find(String url) {
    try {
      HttpResponse<String> answer =
          HttpClient.newBuilder()
              .followRedirects(HttpClient.Redirect.NORMAL)
              .build()
              .send(
                  HttpRequest.newBuilder(URI.create(url)).build(),
                  HttpResponse.BodyHandlers.ofString());
      return answer.statusCode() == 200 ? Optional.of(answer.body()) : Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  @Test
  void everyJobOfASweepAndItsReportHasAGroupAndADescription() throws IOException {
    TinySweep tiny = TinySweep.create(folder, 2, 3);
    RecordedJobs.clear();

    TinySweep.Run run =
        tiny.sweepWithReport(
            tiny.config(METHODS),
            "out",
            "local[2]",
            "--conf",
            "spark.extraListeners=" + RecordedJobs.class.getName());
    TinySweep.Run split =
        tiny.sweep(
            tiny.config(METHODS),
            "split",
            "local[2]",
            "--task-per",
            "adaptation",
            "--conf",
            "spark.extraListeners=" + RecordedJobs.class.getName());

    assertThat(run.status()).as(run.err()).isZero();
    assertThat(split.status()).as(split.err()).isZero();
    List<RecordedJobs.Job> jobs = new ArrayList<>(RecordedJobs.jobs());
    assertThat(jobs)
        .allSatisfy(
            job -> {
              assertThat(job.group()).isNotBlank();
              assertThat(job.description()).isNotBlank();
            });
    // Spark lists files in jobs that it describes itself.
    assertThat(jobs)
        .filteredOn(job -> job.description().equals("sweep"))
        .as("jobs that nothing but the command names")
        .isEmpty();
    assertThat(jobs)
        .filteredOn(job -> job.group().equals("sweep sweep: 2 videos, 4 units"))
        .extracting(RecordedJobs.Job::description)
        .containsExactlyInAnyOrder(
            "video a: 2 units",
            "video b: 2 units",
            "video a: 1 unit of MAE Joint Training",
            "video b: 1 unit of MAE Joint Training",
            "video a: 1 unit of Online TTT-MAE",
            "video b: 1 unit of Online TTT-MAE");
    assertThat(jobs)
        .extracting(RecordedJobs.Job::description)
        .contains(
            "report: pooled mIoU",
            "report: frames of every video",
            "report: values over time",
            "report: median seconds",
            "report: settings, weights and machines");
    assertThat(RecordedJobs.progress())
        .anyMatch(text -> text.matches("video b: 2 units, 2 done; Online TTT-MAE, frame 3 of 3"));
  }
}
