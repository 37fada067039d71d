using System.Text;
using PerfMarketing.Identity;

namespace PerfMarketing.Tool.Logs;

/// <summary>The customers and touch profiles of a log, each once.</summary>
/// <param name="profileCountMax">The most distinct profiles.</param>
internal sealed class LogTables(int profileCountMax = LogTables.ProfileCountMax)
{
    /// <summary>The most distinct customers.</summary>
    public const int CustomerCountMax = 100_000_000;

    /// <summary>The most distinct profiles.</summary>
    public const int ProfileCountMax = 10_000_000;

    private readonly TextTable customers = new();
    private readonly Dictionary<TouchProfile, int> profileNumbers = [];
    private readonly List<TouchProfile> profiles = [];

    /// <summary>How many distinct customers there are.</summary>
    public int CustomerCount => customers.Count;

    /// <summary>How many distinct profiles there are.</summary>
    public int ProfileCount => profiles.Count;

    /// <summary>The profile of a number.</summary>
    /// <param name="number">From 0.</param>
    public TouchProfile Profile(int number) => profiles[number];

    /// <summary>The number of a profile, which is added when it is new.</summary>
    /// <param name="profile">The profile.</param>
    /// <exception cref="OverflowException">There are as many as are held at once.</exception>
    public int Add(TouchProfile profile)
    {
        if (!profileNumbers.TryGetValue(profile, out int number))
        {
            number = profiles.Count < profileCountMax
                ? profiles.Count
                : throw new OverflowException($"A log has at most {profileCountMax} kinds of touchpoints.");
            profiles.Add(profile);
            profileNumbers.Add(profile, number);
        }

        return number;
    }

    /// <summary>The id of a customer.</summary>
    /// <param name="number">The customer's number.</param>
    public CustomerId Customer(int number) => new(Encoding.ASCII.GetString(customers[number]));

    /// <summary>The bytes of a customer's id.</summary>
    /// <param name="number">The customer's number.</param>
    public ReadOnlySpan<byte> CustomerText(int number) => customers[number];

    /// <summary>The number of a customer.</summary>
    /// <param name="id">The customer.</param>
    /// <returns>The number; −1 when no event names this customer.</returns>
    public int FindCustomer(CustomerId id)
    {
        Span<byte> text = stackalloc byte[Identifier.LengthMax];
        return customers.Find(text[..Encoding.ASCII.GetBytes(id.Value, text)]);
    }

    /// <summary>The number of a customer, who is added when new.</summary>
    /// <param name="text">The id's bytes.</param>
    /// <param name="number">The number.</param>
    /// <returns>Whether the bytes are a customer's id.</returns>
    public bool TryAddCustomer(ReadOnlySpan<byte> text, out int number)
    {
        number = customers.Find(text);
        if (number >= 0)
        {
            return true;
        }

        if (text.Length > Identifier.LengthMax
            || !CustomerId.TryParse(Encoding.UTF8.GetString(text), null, out _)
            || customers.Count == CustomerCountMax)
        {
            return false;
        }

        number = customers.Add(text);
        return true;
    }
}
