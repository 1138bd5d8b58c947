package io.videottt.jobs.runtime;

import ai.djl.Device;
import ai.djl.engine.Engine;
import io.videottt.base.InvalidInputException;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.TaskContext;
import org.apache.spark.resource.ResourceInformation;

/** Turns {@code auto}, {@code cpu} or {@code gpu:N} into a device. */
public final class DeviceChoice {

  public static final String AUTO = "auto";

  private static final Pattern GPU = Pattern.compile("gpu:(\\d{1,3})");
  private static final String GPU_RESOURCE = "gpu";
  private static final String GPU_PROPERTY = "spark.task.resource.gpu.amount";
  private static final String VISIBLE_DEVICES = "CUDA_VISIBLE_DEVICES";

  private DeviceChoice() {}

  /**
   * Checks the word only, so that a mistake is found before anything starts.
   *
   * @throws InvalidInputException when it is none of the three
   */
  public static void check(String choice) {
    if (!choice.equals(AUTO) && !choice.equals("cpu") && !GPU.matcher(choice).matches()) {
      throw new InvalidInputException(
          "--device is '%s', expected auto, cpu or gpu:N".formatted(choice));
    }
  }

  /**
   * Whether tasks will likely compute on a GPU, for estimates before there is any task: as the word
   * says, or with {@code auto} where Spark is to give GPUs to tasks or this machine has one.
   */
  public static boolean expectsGpu(String choice, SparkSettings spark) {
    return choice.equals(AUTO)
        ? spark.properties().containsKey(GPU_PROPERTY)
            || System.getProperty(GPU_PROPERTY) != null
            || Engine.getInstance().getGpuCount() > 0
        : GPU.matcher(choice).matches();
  }

  /**
   * The device to use in this process or task: with {@code auto} the GPU that Spark assigned to the
   * task, else the first GPU, else the CPU.
   *
   * @throws InvalidInputException when a GPU is asked for, or assigned, that is not there
   */
  public static Device resolve(String choice) {
    return resolve(choice, assignedGpus(), visible(), Engine.getInstance().getGpuCount());
  }

  /**
   * As above.
   *
   * @param assigned the addresses of Spark's resource {@code gpu}, empty outside of a task
   * @param visible what CUDA_VISIBLE_DEVICES lists, in its order; empty where it is not set
   * @param gpus number of GPUs that the engine sees
   */
  static Device resolve(String choice, List<String> assigned, List<String> visible, int gpus) {
    check(choice);
    if (choice.equals("cpu")) {
      return Device.cpu();
    }
    if (!choice.equals(AUTO)) {
      Matcher matcher = GPU.matcher(choice);
      matcher.matches();
      int index = Integer.parseInt(matcher.group(1));
      if (index >= gpus) {
        throw new InvalidInputException(
            "--device %s: this machine shows %d GPU(s) to the engine; use auto or cpu"
                .formatted(choice, gpus));
      }
      return Device.gpu(index);
    }
    if (assigned.isEmpty()) {
      return gpus > 0 ? Device.gpu(0) : Device.cpu();
    }
    if (assigned.size() > 1) {
      throw new InvalidInputException(
          "Spark gave this task the GPUs %s, expected one; set spark.task.resource.gpu.amount to 1"
              .formatted(String.join(", ", assigned)));
    }
    // A slow run on the CPU would be no substitute for a GPU that was asked for.
    int index = index(assigned.get(0), visible);
    if (index >= gpus) {
      throw new InvalidInputException(
          "Spark gave this task GPU %s, the engine sees %d GPU(s); install its CUDA library there,"
                  .formatted(assigned.get(0), gpus)
              + " or choose --device cpu");
    }
    return Device.gpu(index);
  }

  /** The engine counts the visible GPUs from 0, whatever their numbers on the machine. */
  private static int index(String address, List<String> visible) {
    int position = visible.indexOf(address);
    if (position >= 0) {
      return position;
    }
    try {
      return Integer.parseUnsignedInt(address);
    } catch (NumberFormatException e) {
      throw new InvalidInputException(
          "Spark gave this task the GPU '%s', expected a number; check the discovery script"
              .formatted(address),
          e);
    }
  }

  private static List<String> visible() {
    String devices = System.getenv(VISIBLE_DEVICES);
    return devices == null || devices.isBlank()
        ? List.of()
        : Arrays.stream(devices.split(",")).map(String::strip).toList();
  }

  /** The addresses of the GPUs that Spark gave to the running task; empty outside of a task. */
  public static List<String> assignedGpus() {
    TaskContext context = TaskContext.get();
    ResourceInformation gpu = context == null ? null : context.resourcesJMap().get(GPU_RESOURCE);
    return gpu == null ? List.of() : List.of(gpu.addresses());
  }

  /** The device in the words of {@code --device}. */
  public static String name(Device device) {
    return device.isGpu() ? "gpu:" + device.getDeviceId() : "cpu";
  }
}
