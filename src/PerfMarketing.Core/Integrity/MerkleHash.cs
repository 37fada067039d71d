using System.Buffers;
using System.Security.Cryptography;

namespace PerfMarketing.Integrity;

/// <summary>The hashes of a Merkle tree: of leaves, of nodes, and of nothing.</summary>
/// <remarks>
/// RFC 6962 section 2.1 and RFC 9162 section 2.1.1, with SHA-256. Leaves and nodes have different first bytes, so that
/// no leaf can be passed off as a node.
/// </remarks>
public static class MerkleHash
{
    private const int StackMax = 1024;

    /// <summary>The root of a tree without leaves: SHA-256 of nothing.</summary>
    public static Digest Empty { get; } = Digest.Of([]);

    /// <summary>The hash of a leaf: SHA-256(0x00 ‖ data).</summary>
    /// <param name="data">What the leaf holds.</param>
    public static Digest Leaf(ReadOnlySpan<byte> data) => Leaf([], data);

    /// <summary>The hash of a salted leaf: SHA-256(0x00 ‖ salt ‖ content), the salt as its 32 bytes.</summary>
    /// <remarks>
    /// Without the salt nobody can find the content by trying what it may be; when the salt is erased, the hash and all
    /// roots above it stay valid and say nothing of the content any more.
    /// </remarks>
    /// <param name="salt">32 bytes that are secret, and different for each leaf.</param>
    /// <param name="content">What the leaf commits to.</param>
    public static Digest SaltedLeaf(Digest salt, ReadOnlySpan<byte> content)
    {
        Span<byte> bytes = stackalloc byte[Digest.Size];
        salt.CopyTo(bytes);
        return Leaf(bytes, content);
    }

    /// <summary>The hash of a node: SHA-256(0x01 ‖ left ‖ right).</summary>
    /// <param name="left">The hash of the left side.</param>
    /// <param name="right">The hash of the right side.</param>
    public static Digest Node(Digest left, Digest right)
    {
        Span<byte> bytes = stackalloc byte[1 + (2 * Digest.Size)];
        bytes[0] = 1;
        left.CopyTo(bytes[1..]);
        right.CopyTo(bytes[(1 + Digest.Size)..]);
        return Digest.Of(bytes);
    }

    private static Digest Leaf(ReadOnlySpan<byte> salt, ReadOnlySpan<byte> data)
    {
        int length = 1 + salt.Length + data.Length;
        byte[]? rented = length > StackMax ? ArrayPool<byte>.Shared.Rent(length) : null;
        Span<byte> bytes = rented is null ? stackalloc byte[StackMax] : rented;
        bytes = bytes[..length];
        bytes[0] = 0;
        salt.CopyTo(bytes[1..]);
        data.CopyTo(bytes[(1 + salt.Length)..]);
        Digest hash = Digest.Of(bytes);
        CryptographicOperations.ZeroMemory(bytes[..(1 + salt.Length)]);
        if (rented is not null)
        {
            ArrayPool<byte>.Shared.Return(rented);
        }

        return hash;
    }
}
