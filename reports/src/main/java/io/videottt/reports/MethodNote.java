package io.videottt.reports;

/**
 * What a method is, for readers of a report.
 *
 * @param id of the method
 * @param title name as printed
 * @param control whether it is a control of the project and not a method of the paper
 * @param description what it does, one or two whole sentences
 * @param subject the method as the subject of a sentence: its title, of a control what it stands
 *     for
 */
public record MethodNote(
    String id, String title, boolean control, String description, String subject) {}
