namespace PerfMarketing.Tool.Settle;

/// <summary>Writes the files of a run into a folder: all of them beside their places, and then all take them.</summary>
/// <remarks>
/// What fails or is stopped while it writes leaves the folder as it was. Several threads may write different files.
/// </remarks>
internal sealed class OutputFolder : IDisposable
{
    private readonly string folder;
    private readonly List<string> written = [];
    private readonly List<string> dropped = [];

    /// <summary>Opens a folder, which is made when it is not there.</summary>
    /// <param name="folder">The folder.</param>
    /// <exception cref="IOException">It cannot be made.</exception>
    public OutputFolder(string folder)
    {
        this.folder = folder;
        Directory.CreateDirectory(folder);
    }

    /// <summary>Where a file that was written stands until all are.</summary>
    /// <param name="name">The file's name.</param>
    public static string Beside(string name) => name + OutputFiles.Beside;

    /// <summary>Writes a file beside its place.</summary>
    /// <param name="name">The file's name.</param>
    /// <param name="write">Writes the content.</param>
    /// <exception cref="IOException">It cannot be written.</exception>
    public void Write(string name, Action<Stream> write)
    {
        ArgumentNullException.ThrowIfNull(write);
        lock (written)
        {
            written.Add(name);
        }

        string beside = Path.Combine(folder, Beside(name));
        using FileStream target = new(beside, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 16);
        write(target);
    }

    /// <summary>Lets a file of an earlier run go when the others take their places.</summary>
    /// <param name="name">The file's name.</param>
    public void Drop(string name) => dropped.Add(name);

    /// <summary>Puts all files into their places.</summary>
    /// <exception cref="IOException">One cannot be put there.</exception>
    public void Commit()
    {
        foreach (string name in written.Where(name => Directory.Exists(Path.Combine(folder, name))))
        {
            throw new IOException($"'{name}' is a folder.");
        }

        foreach (string name in dropped)
        {
            File.Delete(Path.Combine(folder, name));
        }

        foreach (string name in written)
        {
            File.Move(Path.Combine(folder, Beside(name)), Path.Combine(folder, name), overwrite: true);
        }

        written.Clear();
    }

    /// <summary>Removes what was written and did not take its place.</summary>
    public void Dispose()
    {
        foreach (string name in written)
        {
            try
            {
                File.Delete(Path.Combine(folder, Beside(name)));
            }
            catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
            {
                // What could not be written says why; what is left beside it harms nothing.
            }
        }
    }
}
