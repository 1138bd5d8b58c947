package io.videottt.reports.page;

import java.io.File;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import org.openqa.selenium.By;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** The installed Chromium without a window. Nothing is downloaded for it. */
public final class Browser implements AutoCloseable {

  /** A page in a PDF, not the list of pages. */
  private static final Pattern SHEET = Pattern.compile("/Type\\s*/Page\\b(?!s)");

  /** So long that only what hangs reaches it. */
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final ChromeDriver driver;

  private Browser(ChromeDriver driver) {
    this.driver = driver;
  }

  /**
   * Starts it.
   *
   * @param profile an empty folder for its files
   */
  static Browser start(Path profile) {
    Optional<String> chromium =
        Optional.ofNullable(System.getenv("VIDEOTTT_CHROMIUM"))
            .or(() -> onPath("chromium", "chromium-browser", "google-chrome"));
    Optional<String> chromeDriver = onPath("chromedriver");
    boolean there = chromium.isPresent() && chromeDriver.isPresent();
    if (!there && !"true".equals(System.getenv("CI"))) {
      Assumptions.abort(
          "no chromium (or VIDEOTTT_CHROMIUM) with chromedriver on the PATH:"
              + " config/install-browser.sh installs both");
    }
    ChromeOptions options = new ChromeOptions();
    options.setBinary(chromium.orElseThrow());
    options.addArguments(
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--no-first-run",
        "--window-size=1280,900",
        "--user-data-dir=" + profile);
    LoggingPreferences logs = new LoggingPreferences();
    logs.enable(LogType.BROWSER, Level.ALL);
    logs.enable(LogType.PERFORMANCE, Level.ALL);
    options.setCapability(ChromeOptions.LOGGING_PREFS, logs);
    ChromeDriverService service =
        new ChromeDriverService.Builder()
            .usingDriverExecutable(new File(chromeDriver.orElseThrow()))
            .usingAnyFreePort()
            .build();
    ChromeDriver driver = new ChromeDriver(service, options);
    driver.manage().timeouts().scriptTimeout(PATIENCE);
    return new Browser(driver);
  }

  private static Optional<String> onPath(String... names) {
    return Arrays.stream(names)
        .flatMap(
            name ->
                Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                    .map(folder -> Path.of(folder, name)))
        .filter(Files::isExecutable)
        .map(Path::toString)
        .findFirst();
  }

  public void open(URI page) {
    driver.get(address(page));
  }

  /** Sheets of paper that the page takes. */
  int sheets() {
    Object file = driver.executeCdpCommand("Page.printToPDF", Map.of()).get("data");
    String text =
        new String(Base64.getDecoder().decode((String) file), StandardCharsets.ISO_8859_1);
    return (int) SHEET.matcher(text).results().count();
  }

  /** Shows pages as on a desk again. */
  void asOnADesk() {
    driver.executeCdpCommand("Emulation.clearDeviceMetricsOverride", Map.of());
    driver.executeCdpCommand(
        "Emulation.setEmulatedMedia", Map.of("media", "", "features", List.of()));
  }

  /** Asks pages for less motion. */
  public void asWithLessMotion() {
    driver.executeCdpCommand(
        "Emulation.setEmulatedMedia",
        Map.of("features", List.of(Map.of("name", "prefers-reduced-motion", "value", "reduce"))));
  }

  /** Lets no script of a page run, or lets them run again. */
  public void withScripts(boolean run) {
    driver.executeCdpCommand("Emulation.setScriptExecutionDisabled", Map.of("value", !run));
  }

  /** Presses keys at an element. */
  public void press(String selector, CharSequence... keys) {
    driver.findElement(By.cssSelector(selector)).sendKeys(keys);
  }

  /** Presses a button. */
  public void click(String selector) {
    driver.findElement(By.cssSelector(selector)).click();
  }

  /** Chooses an entry of a list by its place, from 0. */
  public void choose(String selector, int entry) {
    click(selector + " option:nth-child(%d)".formatted(entry + 1));
  }

  /** Waits until an expression of a script is true. */
  public void until(String expression) {
    driver.executeAsyncScript(
        "const done = arguments[0];"
            + " const look = () => (%s) ? done() : requestAnimationFrame(look); look();"
                .formatted(expression));
  }

  /** Shows the page as on a screen of a phone. */
  public void asOnAPhone() {
    driver.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", 390, "height", 844, "deviceScaleFactor", 2, "mobile", true));
  }

  /** Shows the page as on paper, landscape A4 within its margins. */
  public void asPrinted() {
    driver.executeCdpCommand("Emulation.setEmulatedMedia", Map.of("media", "print"));
    driver.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", 1031, "height", 700, "deviceScaleFactor", 1, "mobile", false));
  }

  /** The value of a script's return statement. */
  public Object value(String script) {
    return driver.executeScript(script);
  }

  /** The value that a script hands to {@code done}, whenever that is. */
  Object later(String script) {
    return driver.executeAsyncScript("const done = arguments[0]; " + script);
  }

  /** Shows pages as to people who like it dark. */
  void inTheDark() {
    asOnADesk();
    driver.executeCdpCommand(
        "Emulation.setEmulatedMedia",
        Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", "dark"))));
  }

  /** What was written to the console. */
  public List<String> console() {
    return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
        .map(LogEntry::getMessage)
        .toList();
  }

  /** What a page has asked for since the last look: messages of the network's protocol. */
  public List<String> requests(URI page) {
    return driver.manage().logs().get(LogType.PERFORMANCE).getAll().stream()
        .map(LogEntry::getMessage)
        .filter(message -> message.contains("\"Network.requestWillBeSent\""))
        .filter(message -> message.contains("\"documentURL\":\"" + address(page)))
        .toList();
  }

  /** As browsers write it, with three slashes. */
  private static String address(URI page) {
    return "file://" + page.getPath();
  }

  @Override
  public void close() {
    driver.quit();
  }
}
