using System.Text;

namespace PerfMarketing.Tool.Settle;

/// <summary>Writes files of results.</summary>
internal static class OutputFiles
{
    /// <summary>What the name of a file ends with while it is written.</summary>
    public const string Beside = ".new";

    /// <summary>Writes a file beside its place and then moves it there, so that none is ever half written.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="name">The file's name.</param>
    /// <param name="write">Writes the content.</param>
    public static void Replace(string folder, string name, Action<Stream> write)
    {
        ArgumentNullException.ThrowIfNull(write);
        string path = Path.Combine(folder, name);
        string beside = path + Beside;
        try
        {
            using (FileStream target = new(beside, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 16))
            {
                write(target);
            }

            File.Move(beside, path, overwrite: true);
        }
        catch
        {
            File.Delete(beside);
            throw;
        }
    }

    /// <summary>Writes lines of CSV to a stream, which stays open.</summary>
    /// <param name="target">The stream.</param>
    public static StreamWriter Lines(Stream target) =>
        new(target, new UTF8Encoding(false), 1 << 16, leaveOpen: true) { NewLine = "\r\n" };

    /// <summary>Writes one line of CSV.</summary>
    /// <param name="target">Where to write it.</param>
    /// <param name="cells">Its cells.</param>
    public static void WriteCells(StreamWriter target, params ReadOnlySpan<CsvCell> cells)
    {
        ArgumentNullException.ThrowIfNull(target);
        target.WriteLine(Row(cells));
    }

    /// <summary>One line of CSV.</summary>
    /// <param name="cells">Its cells.</param>
    public static string Row(params ReadOnlySpan<CsvCell> cells)
    {
        StringBuilder line = new();
        for (int i = 0; i < cells.Length; i++)
        {
            line.Append(i == 0 ? string.Empty : ",").Append(cells[i].Text);
        }

        return line.ToString();
    }
}
