using PerfMarketing.Events;
using PerfMarketing.Identity;

namespace PerfMarketing.Tool.Logs;

/// <summary>
/// Finds a row's <see cref="TouchProfile"/> by the bytes of its cells, and reads them only when they are new.
/// </summary>
internal sealed class MappedProfiles
{
    private readonly LogTables tables;
    private readonly BoundCell partner;
    private readonly BoundCell? kind;
    private readonly BoundCell? channel;
    private readonly BoundCell? isTest;
    private readonly int[] columns;
    private readonly TextTable known = new();
    private readonly List<int> numbers = [];
    private byte[] key = new byte[256];

    public MappedProfiles(LogMapping mapping, CsvHeader header, LogTables tables)
    {
        this.tables = tables;
        partner = BoundCell.Of(mapping.Partner, header)!;
        kind = BoundCell.Of(mapping.Kind, header);
        channel = BoundCell.Of(mapping.Channel, header);
        isTest = BoundCell.Of(mapping.IsTest, header);
        columns = [.. new[] { partner, kind, channel, isTest }
            .Where(static cell => cell is { Column: >= 0 }).Select(static cell => cell!.Column).Distinct()];
    }

    /// <summary>Finds the profile of a row.</summary>
    /// <param name="records">The row; rejected when its cells cannot be read.</param>
    /// <param name="number">The profile's number.</param>
    public bool TryFind(CsvRecords records, out int number)
    {
        ReadOnlySpan<byte> cells = KeyOf(records);
        int place = cells.Length <= BytePool.LengthMax ? known.Find(cells) : -1;
        if (place >= 0)
        {
            number = numbers[place];
            return true;
        }

        if (Read(records) is not { } profile)
        {
            number = -1;
            return false;
        }

        number = tables.Add(profile);
        if (cells.Length <= BytePool.LengthMax)
        {
            known.Add(cells);
            numbers.Add(number);
        }

        return true;
    }

    // Each cell after its length, so that no two rows share a key by chance.
    private ReadOnlySpan<byte> KeyOf(CsvRecords records)
    {
        int length = 0;
        foreach (int column in columns)
        {
            ReadOnlySpan<byte> cell = records[column];
            if (length + 4 + cell.Length > key.Length)
            {
                Array.Resize(ref key, 2 * (length + 4 + cell.Length));
            }

            BitConverter.TryWriteBytes(key.AsSpan(length), cell.Length);
            cell.CopyTo(key.AsSpan(length + 4));
            length += 4 + cell.Length;
        }

        return key.AsSpan(0, length);
    }

    private TouchProfile? Read(CsvRecords records)
    {
        if (partner.ReadNeeded(records) is not { } partnerText)
        {
            return null;
        }

        if (!PartnerId.TryParse(partnerText, null, out PartnerId partnerId))
        {
            partner.RejectMalformed(records, "a partner");
            return null;
        }

        TouchProfile profile = new() { Partner = partnerId };
        return ReadKind(records, profile) is { } withKind && ReadChannel(records, withKind) is { } withChannel
            ? ReadTest(records, withChannel)
            : null;
    }

    private TouchProfile? ReadKind(CsvRecords records, TouchProfile profile)
    {
        if (kind is null)
        {
            return profile;
        }

        if (kind.ReadNeeded(records) is not { } text)
        {
            return null;
        }

        if (TouchpointKind.TryParse(text, null, out TouchpointKind read))
        {
            return profile with { Kind = read };
        }

        kind.RejectMalformed(records, "a kind such as click");
        return null;
    }

    private TouchProfile? ReadChannel(CsvRecords records, TouchProfile profile)
    {
        if (channel is null)
        {
            return profile;
        }

        if (channel.Read(records) is not { } text)
        {
            return null;
        }

        if (text.Length == 0)
        {
            return profile;
        }

        if (ChannelId.TryParse(text, null, out ChannelId read))
        {
            return profile with { Channel = read };
        }

        channel.RejectMalformed(records, "a channel");
        return null;
    }

    private TouchProfile? ReadTest(CsvRecords records, TouchProfile profile)
    {
        if (isTest is null)
        {
            return profile;
        }

        switch (isTest.Read(records))
        {
            case "true":
                return profile with { IsTest = true };
            case "false" or "":
                return profile;
            case null:
                return null;
            default:
                isTest.RejectMalformed(records, "true or false");
                return null;
        }
    }
}
