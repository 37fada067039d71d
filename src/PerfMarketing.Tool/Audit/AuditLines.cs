using System.Text;
using PerfMarketing.Primitives;
using PerfMarketing.Serialization;

namespace PerfMarketing.Tool.Audit;

/// <summary>The lines of a file of the folder, one after the other.</summary>
/// <remarks>
/// Every byte counts: a line ends in a line feed and in nothing else, also the last one, and what stands before the
/// line feed belongs to it.
/// </remarks>
internal sealed class AuditLines : IDisposable
{
    private readonly StreamReader reader;
    private readonly StringBuilder taken = new();
    private string? next;
    private bool isCut;

    private AuditLines(StreamReader reader, string file)
    {
        this.reader = reader;
        File = file;
        next = ReadLine();
    }

    /// <summary>The file's name.</summary>
    public string File { get; }

    /// <summary>The number of the line that was taken last, from 1; 0 before the first.</summary>
    public int Number { get; private set; }

    /// <summary>What stands in the line that was taken last, as terms.</summary>
    public TermNode Node { get; private set; } = TermNode.Null;

    /// <summary>Whether the line that was taken last ended in what was to be dropped.</summary>
    public bool WasDropped { get; private set; }

    /// <summary>Opens a file.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="file">The file's name.</param>
    public static AuditLines Open(string folder, string file) =>
        new(
            new(
                Path.Combine(folder, file),
                new UTF8Encoding(false, throwOnInvalidBytes: true),
                detectEncodingFromByteOrderMarks: false),
            file);

    /// <summary>The next line, which is not taken; null at the end.</summary>
    public string? Peek() => next;

    /// <summary>Takes the next line.</summary>
    public string Take()
    {
        string line = next is { } whole && !isCut
            ? whole
            : throw Fault(AuditCodes.Malformed, "The file ends too early.", Number + 1);
        Number++;
        next = ReadLine();
        return line;
    }

    /// <summary>Takes the next line and reads the object in it.</summary>
    /// <param name="read">Reads the object.</param>
    /// <param name="added">What is missing at the line's end to make it an object.</param>
    /// <param name="dropped">What may stand at the line's end and is not of the object.</param>
    public T Next<T>(Func<TermReader, T> read, string added = "", string dropped = "\n")
    {
        string text = Take();
        WasDropped = text.EndsWith(dropped, StringComparison.Ordinal);
        text = (WasDropped ? text[..^dropped.Length] : text) + added;
        TermFailures failures = [];
        T? value = JsonText.TryRead(text, failures, out TermNode node)
            ? TermReader.Read(node, failures, read)
            : default;
        Node = node;
        return failures.FirstOrDefault() is { } failure
            ? throw Fault(failure.Code, $"{failure.Path}: {failure.Message}")
            : value!;
    }

    /// <summary>Takes the next line, which says one thing only.</summary>
    /// <param name="text">What it says.</param>
    /// <param name="code">The code when it says something else.</param>
    public void Expect(string text, string code)
    {
        if (Take() != text)
        {
            throw Fault(code, "The line is not what stands at its place.");
        }
    }

    /// <summary>Nothing stands after the line that was taken last.</summary>
    public void ExpectEnd()
    {
        if (next is not null)
        {
            throw Fault(AuditCodes.Malformed, "Nothing may stand here.", Number + 1);
        }
    }

    /// <summary>Ends the check of the file at the line that was taken last.</summary>
    /// <param name="code">The code.</param>
    /// <param name="message">What is wrong.</param>
    public AuditException Fault(string code, string message) => Fault(code, message, Math.Max(Number, 1));

    /// <summary>Ends the check of the file at some line.</summary>
    /// <param name="code">The code.</param>
    /// <param name="message">What is wrong.</param>
    /// <param name="line">The line, from 1.</param>
    public AuditException Fault(string code, string message, int line) => new(new(File, line, code, message));

    /// <inheritdoc/>
    public void Dispose() => reader.Dispose();

    // Null at the end of the file. The reader's own lines would end in a carriage return, too.
    private string? ReadLine()
    {
        taken.Clear();
        int read = reader.Read();
        while (read is >= 0 and not '\n')
        {
            taken.Append((char)read);
            read = reader.Read();
        }

        isCut = read < 0 && taken.Length > 0;
        return read < 0 && !isCut ? null : taken.ToString();
    }
}
