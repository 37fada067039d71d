using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using System.Text.Json;
using PerfMarketing.Primitives;

namespace PerfMarketing.Serialization;

/// <summary>Reads and writes whole objects as JSON by their terms, without reflection.</summary>
/// <remarks>
/// <c>TryParse</c> collects all failures, each with its JSON path, line and column, up to
/// <see cref="TermFailures.CountMax"/>; <c>Parse</c> throws one <see cref="JsonException"/> that lists them.
/// </remarks>
/// <example><code>Reason reason = TermJson.Parse(json, Reason.Read);</code></example>
public static class TermJson
{
    /// <summary>Reads an object.</summary>
    /// <param name="json">The whole text.</param>
    /// <param name="read">Reads the object's terms.</param>
    /// <exception cref="JsonException">
    /// The text is malformed; the path, line and position are the first failure's, the message lists all.
    /// </exception>
    public static T Parse<T>(string json, Func<TermReader, T> read)
    {
        TermFailures failures = [];
        return TryParse(json, read, failures, out T? value) ? value : throw ToException(failures);
    }

    /// <summary>Reads an object.</summary>
    /// <param name="utf8Json">The whole text, in UTF-8 without byte order mark.</param>
    /// <param name="read">Reads the object's terms.</param>
    /// <exception cref="JsonException">
    /// The text is malformed; the path, line and position are the first failure's, the message lists all.
    /// </exception>
    public static T Parse<T>(ReadOnlySpan<byte> utf8Json, Func<TermReader, T> read)
    {
        TermFailures failures = [];
        return TryParse(utf8Json, read, failures, out T? value) ? value : throw ToException(failures);
    }

    /// <summary>Reads an object and collects all that is wrong.</summary>
    /// <param name="json">The whole text.</param>
    /// <param name="read">Reads the object's terms.</param>
    /// <param name="failures">Where failures are noted.</param>
    /// <param name="value">The object, when nothing was noted.</param>
    /// <returns>Whether the object was read without a failure.</returns>
    public static bool TryParse<T>(
        string json, Func<TermReader, T> read, TermFailures failures, [NotNullWhen(true)] out T? value)
    {
        ArgumentNullException.ThrowIfNull(read);
        ArgumentNullException.ThrowIfNull(failures);
        int before = failures.Count;
        value = JsonText.TryRead(json, failures, out TermNode node) ? TermReader.Read(node, failures, read) : default;
        return Succeeded(failures, before, ref value);
    }

    /// <summary>Reads an object and collects all that is wrong.</summary>
    /// <param name="utf8Json">The whole text, in UTF-8 without byte order mark.</param>
    /// <param name="read">Reads the object's terms.</param>
    /// <param name="failures">Where failures are noted.</param>
    /// <param name="value">The object, when nothing was noted.</param>
    /// <returns>Whether the object was read without a failure.</returns>
    public static bool TryParse<T>(
        ReadOnlySpan<byte> utf8Json, Func<TermReader, T> read, TermFailures failures, [NotNullWhen(true)] out T? value)
    {
        ArgumentNullException.ThrowIfNull(read);
        ArgumentNullException.ThrowIfNull(failures);
        int before = failures.Count;
        value = JsonText.TryRead(utf8Json, failures, out TermNode node)
            ? TermReader.Read(node, failures, read)
            : default;
        return Succeeded(failures, before, ref value);
    }

    /// <summary>Writes an object.</summary>
    /// <param name="terms">The object.</param>
    /// <param name="indented">Whether every member stands on its own line.</param>
    public static string Write(ITerms terms, bool indented = false) => JsonText.Write(TermNode.Of(terms), indented);

    /// <summary>The failures as one exception, with the path and place of the first.</summary>
    /// <param name="failures">What is wrong; at least one.</param>
    /// <exception cref="ArgumentException">Nothing is wrong.</exception>
    public static JsonException ToException(TermFailures failures)
    {
        ArgumentNullException.ThrowIfNull(failures);
        TermFailure first = failures.FirstOrDefault()
            ?? throw new ArgumentException("There is no failure to report.", nameof(failures));
        StringBuilder message = new("The JSON has ");
        string noun = failures.Count == 1 ? "failure" : "failures";
        message.Append(CultureInfo.InvariantCulture, $"{failures.Count} {noun}:");
        foreach (TermFailure failure in failures)
        {
            message.Append('\n').Append(failure);
        }

        // JsonException counts lines and bytes from 0.
        return first.Line > 0
            ? new(message.ToString(), first.Path, first.Line - 1, first.Column - 1)
            : new(message.ToString(), first.Path, lineNumber: null, bytePositionInLine: null);
    }

    private static bool Succeeded<T>(TermFailures failures, int before, ref T? value)
    {
        if (failures.Count == before && value is not null)
        {
            return true;
        }

        value = default;
        return false;
    }
}
