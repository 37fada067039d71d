using System.Text;
using PerfMarketing.Tool.Settle;

namespace PerfMarketing.Tool.Commands;

/// <summary>Writes pictures.</summary>
/// <param name="console">Where it complains.</param>
internal sealed class PictureFile(ToolConsole console)
{
    /// <summary>Writes a picture; complains when that cannot be done.</summary>
    /// <param name="path">The file.</param>
    /// <param name="picture">What is in it.</param>
    public bool TryWrite(string path, string picture)
    {
        try
        {
            string full = Path.GetFullPath(path);
            byte[] drawn = Encoding.UTF8.GetBytes(picture);
            OutputFiles.Replace(Path.GetDirectoryName(full)!, Path.GetFileName(full), file => file.Write(drawn));
            return true;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or NotSupportedException
            or ArgumentException)
        {
            console.Complain([$"{path}: {SettleCodes.Unwritable}: {problem.Message}"]);
            return false;
        }
    }
}
