using System.Globalization;
using NodaTime;
using PerfMarketing.Testing;

namespace PerfMarketing.Simulation.Worlds;

/// <summary>
/// Draws the keys of a world: one, or several that follow each other, and one that is lost on the way.
/// </summary>
internal static class KeyMaker
{
    private const int SecretLength = 32;

    public static IEnumerable<KeyPlan> KeysOf(
        SeededRandom random, LocalDate start, int days, Dictionary<FaultKind, int> faults)
    {
        Instant begin = start.AtMidnight().InUtc().ToInstant();
        int count = faults.ContainsKey(FaultKind.KeyRotation) ? random.Pick(2, 3, 4) : 1;
        for (int i = 0; i < count; i++)
        {
            // While one key follows another both count: or, sometimes, none does.
            var overlap = Duration.FromHours(random.Between(-2, 72));
            yield return new(
                string.Create(CultureInfo.InvariantCulture, $"key-{i}"),
                i == 0 ? null : begin + Duration.FromDays((long)days * i / count),
                i == count - 1 ? null : begin + Duration.FromDays((long)days * (i + 1) / count) + overlap,
                null,
                SecretOf(random));
        }

        if (faults.ContainsKey(FaultKind.KeyRevoked))
        {
            Instant lost = begin + Duration.FromHours(random.Between(24, days * 24L));
            yield return new("key-lost", null, null, lost, SecretOf(random));
        }
    }

    public static byte[] SecretOf(SeededRandom random)
    {
        var secret = new byte[SecretLength];
        for (int i = 0; i < secret.Length; i++)
        {
            secret[i] = (byte)random.Below(256);
        }

        return secret;
    }
}
